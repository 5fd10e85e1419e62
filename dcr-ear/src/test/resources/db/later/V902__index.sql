drop index ${concurrently} if exists client_later;
create index ${concurrently} client_later on client (later);
