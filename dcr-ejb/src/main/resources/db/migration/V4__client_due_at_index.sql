drop index ${concurrently} if exists client_due_at;
create index ${concurrently} client_due_at on client (due_at);
