drop index ${concurrently} if exists client_counted_software_unique;
create unique index ${concurrently} client_counted_software_unique on client (counted_software, software_number);
