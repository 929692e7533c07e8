-- A backup taken before the first number was handed out must not look like a desk that never handed one out: from its creation on, the
-- space knows which database process it belongs to and since when it has been in use.
update number_space set
  process_identity = store_identity(),
  alive_at = (select created_at from desk)
where process_identity = '' and alive_at is null;
