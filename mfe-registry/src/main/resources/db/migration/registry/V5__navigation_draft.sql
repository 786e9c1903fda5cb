-- One row while there is a draft: the step it is at, and the last write that touched it.
create table navigation_draft (
	id integer primary key check (id = 1),
	place integer not null,
	revision bigint not null
);

-- What undo and redo go through; each step knows the overlay it is based on.
create table navigation_draft_step (
	place integer primary key,
	base bigint not null,
	base_overlay varchar not null,
	overlay varchar not null,
	written_at timestamp with time zone not null,
	actor varchar(255) not null
);
