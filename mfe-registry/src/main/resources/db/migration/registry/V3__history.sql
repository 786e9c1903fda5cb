-- What a write left of a module it touched. The catalog of revision N is, of each module, the newest row at or before N.
create table module_history (
	module varchar(48) not null references module (name),
	revision bigint not null,
	team varchar(48) not null,
	enabled boolean not null,
	reason varchar(2000),
	disabled_by_administrator boolean not null,
	channels varchar not null,
	primary key (module, revision)
);

create index module_history_revision on module_history (revision);

create index module_revision on module (revision);

create table navigation_history (
	revision bigint primary key,
	overlay varchar not null
);

insert into navigation_history (revision, overlay) select revision, overlay from navigation_overlay;

-- One row: what was before this revision is not known. The rows of the modules there are follow at the first start.
create table history_start (
	id integer primary key check (id = 1),
	revision bigint not null
);

insert into history_start (id, revision) select 1, revision from catalog_revision;
