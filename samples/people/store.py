"""People in a SQLite database of their own."""

import json
import pathlib
import sqlite3

SCHEMA = """
create table if not exists person (
  id text primary key, name text not null, title text not null, team text, organization_id text,
  organization_name text not null, location text not null, languages text not null, expertise text not null,
  email text not null, phone text not null, note text not null default '', revision integer not null default 1
)
"""

FIND = """
select * from person
where (:q = '' or instr(lower(name || ' ' || title || ' ' || organization_name || ' ' || location || ' ' || expertise), :q) > 0)
  and (:team = '' or team = :team) and (:organization = '' or organization_id = :organization)
order by name
"""

INSERT = """
insert into person (id, name, title, team, organization_id, organization_name, location, languages, expertise, email, phone)
values (:id, :name, :title, :team, :organizationId, :organizationName, :location, :languages, :expertise, :email, :phone)
"""


class Stale(Exception):
    """Somebody else changed the person in the meantime."""

    def __init__(self, current):
        super().__init__("stale")
        self.current = current


class PeopleStore:
    """One connection per call: SQLite's are bound to a thread."""

    def __init__(self, file):
        self.file = str(file)

    def prepare(self, seed):
        """Makes the table, and fills it when it is new."""
        pathlib.Path(self.file).parent.mkdir(parents=True, exist_ok=True)
        with self.connect() as database:
            database.execute("pragma journal_mode = wal")
            database.execute(SCHEMA)
            if database.execute("select count(*) from person").fetchone()[0] == 0:
                lists = lambda person: {k: json.dumps(v) if isinstance(v, list) else v for k, v in person.items()}
                database.executemany(INSERT, map(lists, seed))

    def find(self, q="", team="", organization=""):
        with self.connect() as database:
            arguments = {"q": q.strip().lower(), "team": team, "organization": organization}
            return [person_of(row) for row in database.execute(FIND, arguments)]

    def get(self, person_id):
        """A person; `None` when there is none with this id."""
        with self.connect() as database:
            row = database.execute("select * from person where id = ?", (person_id,)).fetchone()
            return row and person_of(row)

    def note(self, person_id, revision, note):
        """Saves the note on a person; `Stale` when there is a newer revision."""
        with self.connect() as database:
            changed = database.execute(
                "update person set note = ?, revision = revision + 1 where id = ? and revision = ?",
                (note, person_id, revision),
            ).rowcount
        current = self.get(person_id)
        if current is not None and changed == 0:
            raise Stale(current)
        return current

    def connect(self):
        return Connection(self.file)


class Connection:
    """A connection that commits or rolls back, and closes."""

    def __init__(self, file):
        self.database = sqlite3.connect(file, timeout=5)
        self.database.row_factory = sqlite3.Row

    def __enter__(self):
        return self.database

    def __exit__(self, kind, value, trace):
        try:
            self.database.rollback() if kind else self.database.commit()
        finally:
            self.database.close()


def person_of(row):
    return {
        "id": row["id"],
        "name": row["name"],
        "title": row["title"],
        "team": row["team"],
        "organizationId": row["organization_id"],
        "organizationName": row["organization_name"],
        "location": row["location"],
        "languages": json.loads(row["languages"]),
        "expertise": json.loads(row["expertise"]),
        "email": row["email"],
        "phone": row["phone"],
        "note": row["note"],
        "revision": row["revision"],
    }
