-- What each role may do: nothing but to call its functions.
grant usage on schema rlm to rlm_run, rlm_worker;
grant execute on function rlm.about() to rlm_run, rlm_worker;
grant execute on function rlm.post(text, text[], text[], bytea[], interval[]) to rlm_run;
grant execute on function rlm.replies(text, text[]) to rlm_run;
grant execute on function rlm.lapsed(text) to rlm_run;
grant execute on function rlm.slots() to rlm_run;
grant execute on function rlm.standing(text) to rlm_run;
grant execute on function rlm.settle(text, text[], text[]) to rlm_run;
grant execute on function rlm.renew(text, text, text, int, text[], text, boolean, text[], text[]) to rlm_worker;
grant execute on function rlm.take(text, text[], int) to rlm_worker;
grant execute on function rlm.finish(text, text[], text[], int[], text[], text[], bytea[]) to rlm_worker;
grant execute on function rlm.list_workers() to rlm_run;
grant execute on function rlm.list_runs() to rlm_run;
grant execute on function rlm.forget(text) to rlm_run;
