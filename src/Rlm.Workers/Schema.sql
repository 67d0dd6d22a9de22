-- The queue of calls. Runs and workers only execute its functions; who owns the schema may look at the tables.
-- Rows live for a moment, so that most of what an index has is dead until the next vacuum. A plain scan of an index marks what is dead and
-- skips it from then on. A scan by bitmap does not, and costs more with every call since then.
create schema if not exists rlm;
revoke all on schema rlm from public;

create table if not exists rlm.rlm_schema (version int not null, lease interval not null);

create table if not exists rlm.rlm_task (
    run text not null,
    id text not null,
    owner name not null default session_user,
    path text not null,
    body bytea not null,
    time_limit interval not null,
    posted timestamptz not null default clock_timestamp(),
    lease timestamptz not null default '-infinity',
    worker text,
    taken int not null default 0,
    primary key (run, id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
create index if not exists rlm_task_free on rlm.rlm_task (path, taken, posted) where lease = '-infinity';
create index if not exists rlm_task_leased on rlm.rlm_task (worker) where worker is not null;

create table if not exists rlm.rlm_result (
    run text not null,
    id text not null,
    owner name not null,
    status int,
    failure text,
    headers text not null,
    body bytea not null,
    worker text not null,
    finished timestamptz not null default clock_timestamp(),
    primary key (run, id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

create table if not exists rlm.rlm_worker (
    name text primary key,
    login name not null default session_user,
    version text not null,
    slots int not null,
    paths text[] not null,
    trouble text,
    finished bigint not null default 0,
    failed bigint not null default 0,
    joined timestamptz not null default clock_timestamp(),
    seen timestamptz not null default clock_timestamp()
);
-- Version 2.
alter table rlm.rlm_worker add column if not exists instance text not null default '';
drop function if exists rlm.renew(text, text, int, text[], text, boolean, text[], text[]);
drop function if exists rlm.slots();

create or replace function rlm.about() returns table (version int, lease interval)
language sql security definer set search_path = rlm, pg_temp as
$$ select s.version, s.lease from rlm_schema s $$;

-- For runs.

create or replace function rlm.post(run text, ids text[], paths text[], bodies bytea[], limits interval[]) returns void
language plpgsql security definer set search_path = rlm, pg_temp set enable_bitmapscan = off as
$$
begin
    if exists (select from rlm_task t where t.run = post.run and t.owner <> session_user)
        or exists (select from rlm_result r where r.run = post.run and r.owner <> session_user) then
        raise exception 'the run was begun by another user, who has to go on with it';
    end if;
    insert into rlm_task (run, id, path, body, time_limit)
    select post.run, t.id, t.path, t.body, least(greatest(t.time_limit, interval '1 millisecond'), interval '1 day')
    from unnest(ids, paths, bodies, limits) as t (id, path, body, time_limit)
    where not exists (select from rlm_result r where r.run = post.run and r.id = t.id)
    on conflict do nothing;
    -- A call that was finished while its second post waited for it is not made again.
    delete from rlm_task t using rlm_result r where t.run = post.run and t.id = any (ids) and r.run = t.run and r.id = t.id;
    notify rlm_posted;
end
$$;

create or replace function rlm.replies(run text, held text[])
returns table (id text, status int, failure text, headers text, body bytea)
language sql security definer set search_path = rlm, pg_temp set enable_bitmapscan = off as
$$
    select r.id, r.status, r.failure, r.headers, r.body from rlm_result r
    where r.run = replies.run and r.owner = session_user and r.id <> all (held)
    order by r.finished
$$;

create or replace function rlm.lapsed(run text) returns setof text
language sql security definer set search_path = rlm, pg_temp set enable_bitmapscan = off as
$$
    select t.id from rlm_task t
    where t.run = lapsed.run and t.owner = session_user and t.lease > '-infinity' and t.lease < clock_timestamp()
$$;

-- The sum is null where all workers of the path are silent.
create or replace function rlm.slots() returns table (path text, slots bigint, has_silent boolean)
language sql security definer set search_path = rlm, pg_temp as
$$
    select p.path, sum(w.slots) filter (where w.seen > clock_timestamp() - s.lease), bool_or(w.seen <= clock_timestamp() - s.lease)
    from rlm_worker w, unnest(w.paths) as p (path), rlm_schema s group by p.path
$$;

create or replace function rlm.standing(run text) returns setof text
language sql security definer set search_path = rlm, pg_temp set enable_bitmapscan = off as
$$
    select t.id from rlm_task t where t.run = standing.run and t.owner = session_user
    union all
    select r.id from rlm_result r where r.run = standing.run and r.owner = session_user
$$;

create or replace function rlm.settle(run text, again text[], forgotten text[]) returns void
language plpgsql security definer set search_path = rlm, pg_temp as
$$
begin
    delete from rlm_task t where t.run = settle.run and t.owner = session_user and t.id = any (forgotten);
    delete from rlm_result r where r.run = settle.run and r.owner = session_user and r.id = any (forgotten);
    update rlm_task t set lease = '-infinity', worker = null
    where t.run = settle.run and t.owner = session_user and t.id = any (again) and t.lease > '-infinity' and t.lease < clock_timestamp();
    if found then
        notify rlm_posted;
    end if;
end
$$;

-- For workers.

create or replace function rlm.renew(
    worker text, instance text, version text, slots int, paths text[], trouble text, leaves boolean, runs text[], ids text[]) returns boolean
language plpgsql security definer set search_path = rlm, pg_temp set enable_bitmapscan = off as
$$
declare
    had int;
begin
    if exists (
        select from rlm_worker w, rlm_schema s
        where w.name = renew.worker and w.instance <> renew.instance and w.seen > clock_timestamp() - s.lease) then
        return false;
    end if;
    update rlm_task t set lease = clock_timestamp() + s.lease from rlm_schema s, unnest(runs, ids) as c (run, id)
    where t.run = c.run and t.id = c.id and t.worker = renew.worker;
    select w.slots into had from rlm_worker w where w.name = renew.worker;
    if leaves then
        delete from rlm_worker w where w.name = renew.worker;
    else
        insert into rlm_worker as w (name, instance, version, slots, paths, trouble)
        values (renew.worker, renew.instance, renew.version, greatest(renew.slots, 0), renew.paths, renew.trouble)
        on conflict (name) do update set instance = excluded.instance, version = excluded.version, slots = excluded.slots, paths = excluded.paths,
            trouble = excluded.trouble, seen = clock_timestamp();
        delete from rlm_worker w using rlm_schema s where w.seen < clock_timestamp() - 60 * s.lease;
    end if;
    if had is distinct from slots then
        notify rlm_finished;
    end if;
    return true;
end
$$;

create or replace function rlm.take(worker text, paths text[], most int)
returns table (run text, id text, path text, body bytea, time_limit interval)
language sql security definer set search_path = rlm, pg_temp set enable_bitmapscan = off as
$$
    with free as (
        select t.run, t.id from rlm_task t
        where t.lease = '-infinity' and t.path = any (take.paths)
        order by t.taken, t.posted limit most for update skip locked)
    update rlm_task t set lease = clock_timestamp() + s.lease, worker = take.worker, taken = t.taken + 1
    from free f, rlm_schema s where t.run = f.run and t.id = f.id
    returning t.run, t.id, t.path, t.body, t.time_limit
$$;

create or replace function rlm.finish(
    worker text, runs text[], ids text[], statuses int[], failures text[], headers text[], bodies bytea[]) returns void
language plpgsql security definer set search_path = rlm, pg_temp as
$$
declare
    done bigint;
    bad bigint;
begin
    with reply as (
        select * from unnest(runs, ids, statuses, failures, headers, bodies) as u (run, id, status, failure, headers, body)),
    ended as (
        delete from rlm_task t using reply u
        where t.run = u.run and t.id = u.id and (u.status is not null or u.failure is not null)
        returning t.run, t.id, t.owner),
    kept as (
        insert into rlm_result (run, id, owner, status, failure, headers, body, worker)
        select e.run, e.id, e.owner, u.status, u.failure, u.headers, u.body, finish.worker
        from ended e join reply u on u.run = e.run and u.id = e.id
        on conflict do nothing
        returning status, failure)
    select count(*), count(*) filter (where k.failure is not null or k.status >= 400) into done, bad from kept k;
    update rlm_task t set lease = '-infinity', worker = null, taken = t.taken - 1
    from unnest(runs, ids, statuses, failures) as u (run, id, status, failure)
    where t.run = u.run and t.id = u.id and t.worker = finish.worker and u.status is null and u.failure is null;
    if found then
        notify rlm_posted;
    end if;
    update rlm_worker w set finished = w.finished + done, failed = w.failed + bad where w.name = finish.worker and done > 0;
    notify rlm_finished;
end
$$;

-- For whoever looks.

create or replace function rlm.list_workers()
returns table (name text, version text, slots int, under_way bigint, finished bigint, failed bigint, per_minute float8, seen float8, silent boolean, trouble text)
language sql security definer set search_path = rlm, pg_temp as
$$
    select w.name, w.version, w.slots, (select count(*) from rlm_task t where t.worker = w.name), w.finished, w.failed,
        (60 * w.finished / greatest(extract(epoch from w.seen - w.joined), 1))::float8,
        extract(epoch from clock_timestamp() - w.seen)::float8, w.seen < clock_timestamp() - s.lease, w.trouble
    from rlm_worker w, rlm_schema s order by w.name
$$;

create or replace function rlm.list_runs()
returns table (name text, owner name, waiting bigint, under_way bigint, lapsed bigint, replies bigint, oldest float8)
language sql security definer set search_path = rlm, pg_temp as
$$
    select run, owner, count(*) filter (where lease = '-infinity'), count(*) filter (where lease >= clock_timestamp()),
        count(*) filter (where lease > '-infinity' and lease < clock_timestamp()), count(*) filter (where lease is null),
        extract(epoch from clock_timestamp() - min(at))::float8
    from (select t.run, t.owner, t.lease, t.posted as at from rlm_task t
        union all select r.run, r.owner, null, r.finished from rlm_result r) as held
    group by run, owner order by min(at)
$$;

create or replace function rlm.forget(run text) returns bigint
language plpgsql security definer set search_path = rlm, pg_temp as
$$
declare
    calls bigint;
    replies bigint;
    owns boolean := pg_has_role(session_user, (select n.nspowner from pg_namespace n where n.nspname = 'rlm'), 'member');
begin
    delete from rlm_task t where t.run = forget.run and (owns or t.owner = session_user);
    get diagnostics calls = row_count;
    delete from rlm_result r where r.run = forget.run and (owns or r.owner = session_user);
    get diagnostics replies = row_count;
    return calls + replies;
end
$$;

revoke all on all functions in schema rlm from public;
