"""The data of the sample modules, as the scout sees it."""

import datetime
import json
import pathlib

HERE = pathlib.Path(__file__).resolve().parent

# Beside the program when it was packed, else in the folders of the samples.
PLACES = {
    "partnerships": "../partnerships/src/main/resources/samples/partnerships/partnerships.json",
    "deals": "../deals/src/main/resources/samples/deals/deals.json",
    "people": "../people/people.json",
    "organizations": "../organizations/src/main/resources/samples/organizations/organizations.json",
}
DAYS = ("startedOn", "lastContactOn", "closesOn", "updatedOn")


class RecordsMissing(Exception):
    """A file is not where it should be."""


class Records:
    """Partnerships, deals, people and organizations; their days moved so that they are never old."""

    def __init__(self, partnerships, deals, people, organizations, today=None):
        self.today = today or datetime.date.today()
        self.partnerships = partnerships
        self.deals = deals
        self.people = {person["id"]: person for person in people}
        self.organizations = {organization["id"]: organization for organization in organizations}

    @classmethod
    def load(cls, folder=None, today=None):
        today = today or datetime.date.today()
        return cls(*(read(place(name, folder), today) for name in PLACES), today)

    def deals_of(self, partnership):
        return [deal for deal in self.deals if deal["partnershipId"] == partnership["id"]]

    def open_deals_of(self, partnership):
        return [deal for deal in self.deals_of(partnership) if deal["stage"] not in ("won", "lost")]

    def owner(self, partnership):
        return self.people.get(partnership["ownerId"], {"name": partnership["ownerId"], "id": partnership["ownerId"]})

    def days_since(self, day):
        return (self.today - day).days


def place(name, folder):
    candidates = [pathlib.Path(folder) / f"{name}.json"] if folder else [HERE / "data" / f"{name}.json", HERE / PLACES[name]]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise RecordsMissing(f"there is no file {candidates[0].name}.")


def read(file, today):
    content = json.loads(file.read_text("utf-8"))
    # As the services do it: what is written for the first of a month is of this month.
    shift = today.replace(day=1) - datetime.date.fromisoformat(content["asOf"])
    items = content["items"]
    for item in items:
        for name in DAYS:
            if name in item:
                item[name] = datetime.date.fromisoformat(item[name]) + shift
    return items
