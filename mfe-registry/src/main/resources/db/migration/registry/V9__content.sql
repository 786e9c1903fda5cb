-- Content that an upload under way relies on, written before it looks whether the store has it.
create table content_use (
	upload varchar(36) not null,
	content_hash varchar(96) not null,
	used_at timestamp with time zone not null,
	primary key (upload, content_hash)
);

create index content_use_hash on content_use (content_hash);

-- Content that a node is about to remove, written before it looks whether anybody relies on it.
create table content_removal (
	content_hash varchar(96) primary key,
	started_at timestamp with time zone not null
);

create index version_file_hash on version_file (content_hash);
