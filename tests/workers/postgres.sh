# A PostgreSQL server of one's own on loopback, sourced: needs $work, a folder, and gives $port and $admin. `initdb` and `postgres` refuse root,
# so that user postgres runs them.
postgres_bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)

# Until a command is true, looked at again and again.
await() {
    for _ in $(seq 400); do
        "$@" && return
        sleep 0.05
    done
    return 1
}

# A command as user postgres.
as_postgres() {
    su postgres -c "$*"
}

start_postgres() {
    # Processes of one that was killed may have its memory a moment longer.
    for _ in $(seq 20); do
        as_postgres "$postgres_bin/pg_ctl -D $work/data -o '-p $port -k $work/data -c listen_addresses=\\*' -l $work/data/server.log -w -t 20 start" >"$work/pg.log" 2>&1 && return
        sleep 0.5
    done
    return 1
}

stop_postgres() {
    if [ -f "$work/data/postmaster.pid" ]; then
        kill -INT "$(head -1 "$work/data/postmaster.pid")" 2>/dev/null || true
        await test ! -f "$work/data/postmaster.pid" || true
    fi
}

# Makes it, with a database `rlm` and the password `secret` of user postgres, and starts it.
make_postgres() {
    chmod 755 "$work"
    port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
    mkdir "$work/data" && chown postgres "$work/data"
    echo secret >"$work/password" && chmod 644 "$work/password"
    as_postgres "$postgres_bin/initdb -D $work/data -A scram-sha-256 -U postgres --pwfile=$work/password" >"$work/initdb.log" 2>&1 && start_postgres \
        && PGPASSWORD=secret "$postgres_bin/psql" -h 127.0.0.1 -p "$port" -U postgres -q -c 'create database rlm'
    admin=postgres://postgres:secret@127.0.0.1:$port/rlm
}

sql() {
    PGPASSWORD=secret "$postgres_bin/psql" -h 127.0.0.1 -p "$port" -U postgres -d rlm -qtA -c "$1"
}
