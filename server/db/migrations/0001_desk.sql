-- One desk per database. Instants are UTC milliseconds since 1970, as everywhere in the desk.

create table desk (
  single boolean primary key default true check (single),
  id uuid not null default gen_random_uuid(),
  name text not null default 'Service desk',
  created_at bigint not null,
  -- The newest revision that changed a person, queue or policy.
  directory_revision bigint not null default 0,
  -- Log entries up to here have lost their images.
  pruned_through bigint not null default 0
);
insert into desk (created_at) values ((extract(epoch from clock_timestamp()) * 1000)::bigint);

-- A stretch of the log within which time is known not to have gone backwards. Its number is the instant it opened, so that two
-- futures of one backup never share one.
create table epoch (
  epoch bigint primary key,
  start_revision bigint not null,
  store_identity text not null
);

create table log_entry (
  revision bigint primary key,
  kind text not null,
  record_id text not null,
  version integer not null,
  facts jsonb not null,
  image jsonb,
  actor_id text not null,
  command_id uuid unique,
  console_id uuid,
  recorded_at bigint not null,
  -- When it came into this log: later than recorded_at for what was imported.
  appended_at bigint not null default (extract(epoch from clock_timestamp()) * 1000)::bigint,
  unique (kind, record_id, version)
);

create table case_record (
  id uuid primary key,
  version integer not null,
  number text not null unique,
  aliases text[] not null,
  status text not null,
  severity smallint not null,
  queue_id uuid not null,
  customer_id uuid not null,
  assignee_id uuid,
  source_number text,
  subject text not null,
  opened_at bigint not null,
  changed_at bigint not null,
  sample boolean not null,
  -- Null once removed. The row stays, because a number is unique for ever.
  state jsonb
) with (fillfactor = 75);
-- No index may name what every change touches (state, version, changed_at): then a change stays within its page and touches no index at all.
create index case_record_open on case_record (id) where status in ('new', 'inProgress', 'waiting');
create index case_record_aliases on case_record using gin (aliases);
create index case_record_source on case_record (upper(source_number)) where source_number is not null;
create index case_record_words on case_record using gin (to_tsvector('simple', subject));

create table directory_record (
  kind text not null,
  id text not null,
  version integer not null,
  sample boolean not null,
  state jsonb,
  primary key (kind, id)
);

-- Where each person's outbox on each console stands.
create table console (
  id uuid not null,
  person_id uuid not null,
  last_sequence bigint not null default 0,
  last_contact_at bigint,
  app_version text not null default '',
  first_seen_at bigint not null,
  primary key (id, person_id)
);

create table command_answer (
  command_id uuid primary key,
  console_id uuid not null,
  person_id uuid not null,
  sequence bigint not null,
  revision bigint not null,
  body jsonb not null,
  -- What was refused, whole, as it came: text, because it may hold what jsonb cannot.
  refused_command text
);
create index command_answer_console on command_answer (console_id, person_id, sequence);

create table number_space (
  single boolean primary key default true check (single),
  next bigint not null,
  process_identity text not null,
  lineage text not null,
  alive_at bigint not null,
  busiest_day integer not null default 0,
  today integer not null default 0,
  today_started_at bigint
);

-- Blocks handed out. Without a console: numbers that may have been handed out before the database went back in time.
create table number_lease (
  first_number bigint primary key,
  last_number bigint not null,
  console_id uuid,
  check (first_number <= last_number)
);
create index number_lease_console on number_lease (console_id);

-- What tells this very database from one that a backup of it was restored to: another cluster, another timeline, another database, tables
-- loaded anew, or, for an embedded one, other files. The server names its files in the setting.
create function store_lineage() returns text language sql volatile as $$
  select concat_ws('/',
    (select system_identifier from pg_control_system()),
    (select timeline_id from pg_control_checkpoint()),
    (select oid from pg_database where datname = current_database()),
    pg_relation_filenode('log_entry'),
    current_setting('ringdown.files', true))
$$;

-- And what tells this run of the database process from any other.
create function store_identity() returns text language sql volatile as $$
  select store_lineage() || '/' || to_char(pg_postmaster_start_time() at time zone 'utc', 'YYYYMMDDHH24MISSUS')
$$;

insert into number_space (next, process_identity, lineage, alive_at)
values (10001, store_identity(), store_lineage(), (extract(epoch from clock_timestamp()) * 1000)::bigint);

-- The only way into the log. Takes the log's lock after everything that does not need a revision, so that revisions appear in commit order
-- and a reader that saw revision n has seen everything below it; the caller sends COMMIT in the same round trip.
create function append_batch(batch jsonb) returns table (epoch bigint, base bigint) language plpgsql as $$
declare
  present public.epoch%rowtype;
  identity text := store_identity();
  head bigint;
  added integer := jsonb_array_length(batch -> 'entries');
begin
  if batch ? 'cases' then
    insert into case_record as c (id, version, number, aliases, status, severity, queue_id, customer_id, assignee_id, source_number,
      subject, opened_at, changed_at, sample, state)
    select r.id, r.version, s.number, array(select jsonb_array_elements_text(s.aliases)), s.status, s.severity, s."queueId", s."customerId",
      s."assigneeId", s.source ->> 'number', s.subject, s."openedAt", s."changedAt", s.sample, r.state
    from jsonb_to_recordset(batch -> 'cases') as r (id uuid, version integer, state jsonb),
      jsonb_to_record(r.state) as s (number text, aliases jsonb, status text, severity smallint, "queueId" uuid, "customerId" uuid,
        "assigneeId" uuid, source jsonb, subject text, "openedAt" bigint, "changedAt" bigint, sample boolean)
    on conflict (id) do update set version = excluded.version, number = excluded.number, aliases = excluded.aliases,
      status = excluded.status, severity = excluded.severity, queue_id = excluded.queue_id, customer_id = excluded.customer_id,
      assignee_id = excluded.assignee_id, source_number = excluded.source_number, subject = excluded.subject,
      opened_at = excluded.opened_at, changed_at = excluded.changed_at, sample = excluded.sample, state = excluded.state;
  end if;

  if batch ? 'removedCases' then
    update case_record c set version = r.version, status = 'removed', state = null
    from jsonb_to_recordset(batch -> 'removedCases') as r (id uuid, version integer) where c.id = r.id;
  end if;

  if batch ? 'directory' then
    insert into directory_record (kind, id, version, sample, state)
    select r.kind, r.id, r.version, coalesce((r.state ->> 'sample')::boolean, false), r.state
    from jsonb_to_recordset(batch -> 'directory') as r (kind text, id text, version integer, state jsonb)
    on conflict (kind, id) do update set version = excluded.version, sample = excluded.sample or directory_record.sample, state = excluded.state;
  end if;

  update console c set last_sequence = s."lastSequence"
  from jsonb_to_recordset(batch -> 'consoles') as s ("consoleId" uuid, "personId" uuid, "lastSequence" bigint)
  where c.id = s."consoleId" and c.person_id = s."personId";

  perform pg_advisory_xact_lock(7266010);
  select coalesce(max(revision), 0) into head from log_entry;
  select * into present from public.epoch e order by e.epoch desc limit 1;
  if not found or present.store_identity <> identity then
    insert into public.epoch as e (epoch, start_revision, store_identity)
    values (greatest(coalesce(present.epoch, 0) + 1, (extract(epoch from clock_timestamp()) * 1000)::bigint), head, identity)
    returning * into present;
  end if;

  insert into command_answer (command_id, console_id, person_id, sequence, revision, body, refused_command)
  select a.id, a."consoleId", a."personId", a.sequence, head + a."offset", a.body, a."refusedCommand"
  from jsonb_to_recordset(batch -> 'answers') as a (id uuid, "consoleId" uuid, "personId" uuid, sequence bigint, "offset" integer, body jsonb,
    "refusedCommand" text);

  if added > 0 then
    insert into log_entry (revision, kind, record_id, version, facts, image, actor_id, command_id, console_id, recorded_at)
    select head + o.position, e.kind, e.id, e.version, e.facts, e.image, e."actorId", e."commandId", e."consoleId", e."recordedAt"
    from jsonb_array_elements(batch -> 'entries') with ordinality as o (entry, position),
      jsonb_to_record(o.entry) as e (kind text, id text, version integer, facts jsonb, image jsonb, "actorId" text, "commandId" uuid,
        "consoleId" uuid, "recordedAt" bigint);

    if jsonb_path_exists(batch, '$.directory[*].kind ? (@ == "person" || @ == "queue" || @ == "policy")') then
      update desk set directory_revision = head + added;
    end if;
    perform pg_notify('desk_log', (head + added)::text);
  end if;

  return query select present.epoch, head;
end
$$;
