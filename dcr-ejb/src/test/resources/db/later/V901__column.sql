alter table client add column later varchar(10);
