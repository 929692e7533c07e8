-- What a transaction of commands begins with, in one statement whose plans are kept: lock the consoles and then the records, each in key
-- order, and read under the locks what was answered before. Each statement here sees the world anew, so it sees what it waited for.
create function open_batch(wanted jsonb) returns jsonb language plpgsql as $$
declare
  consoles jsonb;
  answers jsonb;
  cases jsonb;
  others jsonb;
  cases_read jsonb;
  others_read jsonb;
begin
  if (wanted ->> 'directory')::boolean then
    perform pg_advisory_xact_lock(7266009);
  end if;

  if wanted ? 'consoles' then
    insert into console (id, person_id, first_seen_at)
    select w."consoleId", w."personId", (extract(epoch from clock_timestamp()) * 1000)::bigint
    from jsonb_to_recordset(wanted -> 'consoles') as w ("consoleId" uuid, "personId" uuid)
    where not exists (select from console c where c.id = w."consoleId" and c.person_id = w."personId")
    order by 1, 2 on conflict do nothing;

    select jsonb_agg(jsonb_build_object('consoleId', l.id, 'personId', l.person_id, 'lastSequence', l.last_sequence, 'lastContactAt', l.last_contact_at))
    into consoles from (
      select c.* from console c
      where (c.id, c.person_id) in (select w."consoleId", w."personId" from jsonb_to_recordset(wanted -> 'consoles') as w ("consoleId" uuid, "personId" uuid))
      order by c.id, c.person_id for update of c) l;
  end if;

  if wanted ? 'commandIds' then
    select jsonb_agg(jsonb_build_object('commandId', a.command_id, 'revision', a.revision, 'body', a.body))
    into answers from command_answer a
    where a.command_id in (select id::uuid from jsonb_array_elements_text(wanted -> 'commandIds') as w (id));
  end if;

  if wanted ? 'lockCases' then
    select jsonb_agg(jsonb_build_object('kind', 'case', 'id', l.id, 'version', l.version, 'state', l.state)) into cases from (
      select c.id, c.version, c.state from case_record c
      where c.id in (select id::uuid from jsonb_array_elements_text(wanted -> 'lockCases') as w (id)) order by c.id for update of c) l;
  end if;

  if wanted ? 'lockOthers' then
    select jsonb_agg(jsonb_build_object('kind', l.kind, 'id', l.id, 'version', l.version, 'state', l.state)) into others from (
      select d.kind, d.id, d.version, d.state from directory_record d
      where (d.kind, d.id) in (select w.kind, w.id from jsonb_to_recordset(wanted -> 'lockOthers') as w (kind text, id text))
      order by d.kind, d.id for update of d) l;
  end if;

  if wanted ? 'readCases' then
    select jsonb_agg(jsonb_build_object('kind', 'case', 'id', c.id, 'version', c.version, 'state', c.state)) into cases_read
    from case_record c where c.id in (select id::uuid from jsonb_array_elements_text(wanted -> 'readCases') as w (id));
  end if;

  if wanted ? 'readOthers' then
    select jsonb_agg(jsonb_build_object('kind', d.kind, 'id', d.id, 'version', d.version, 'state', d.state)) into others_read
    from directory_record d where (d.kind, d.id) in (select w.kind, w.id from jsonb_to_recordset(wanted -> 'readOthers') as w (kind text, id text));
  end if;

  return jsonb_build_object(
    'consoles', coalesce(consoles, '[]'),
    'answers', coalesce(answers, '[]'),
    'directoryRevision', (select directory_revision from desk),
    'records', coalesce(cases, '[]') || coalesce(others, '[]') || coalesce(cases_read, '[]') || coalesce(others_read, '[]'));
end
$$;
