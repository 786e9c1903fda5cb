"""How the scout reasons."""

import re

QUIET_DAYS = 45
MOST = 3


class Scout:
    def __init__(self, records):
        self.records = records

    def answer(self, prompt):
        """Paragraphs of markdown, in the order they are found."""
        text = " ".join(prompt.split()).casefold()
        named = self.partnerships_in(text)
        industries = self.values_in(text, "industries")
        regions = self.values_in(text, "regions")
        if named:
            yield from self.about(named[:2])
        elif industries or regions:
            yield from self.market(industries, regions)
        elif re.search(r"quiet|contact|risk|stale|silent|forgot|cold|still|ruhig|kontakt|risiko", text):
            yield from self.quiet()
        elif re.search(r"who|which|best|chance|scout|co-?sell|partner|week|today|next|wer|welche|chancen|woche|heute", text):
            yield from self.chances()
        else:
            yield from self.help(text)

    # What the prompt names

    def partnerships_in(self, text):
        found = []
        others = {value.casefold() for one in self.records.partnerships for value in [*one["industries"], *one["regions"]]}
        for one in self.records.partnerships:
            name = one["organizationName"].casefold()
            first = re.split(r"\W+", name)[0]
            at = position(text, name)
            # A first word counts where it cannot mean something else, as "southern" or "table" could.
            if at < 0 and len(first) > 5 and not any(other.startswith(first) for other in others):
                at = position(text, first)
            if at >= 0:
                found.append((at, one))
        return [one for _, one in sorted(found, key=lambda pair: pair[0])]

    def values_in(self, text, field):
        values = {value for one in self.records.partnerships for value in one[field]}
        return sorted(value for value in values if position(text, value.casefold()) >= 0)

    # What it says

    def about(self, partnerships):
        for one in partnerships:
            yield f"## {one['organizationName']}"
            yield self.brief(one)
            ranked = self.rank(one)
            yield (
                f"I compare {len(self.records.partnerships) - 1} other partnerships with it: "
                "industries, regions, status, tier and the time since the last contact."
            )
            if not ranked:
                yield "None of them shares an industry or a region with it, so I suggest nobody."
            for place, (points, other, reasons) in enumerate(ranked[:MOST], 1):
                yield self.suggestion(place, points, other, reasons)
            if ranked:
                yield self.next_step(one, ranked[0][1])
        yield (
            "**How I got here:** 3 points for each shared industry, 2 for each shared region, 2 when the partnership is "
            f"active, 1 for gold, 1 for open deals, 2 less after {QUIET_DAYS} days without contact. Rules only, no model."
        )

    def brief(self, one):
        records = self.records
        deals = records.open_deals_of(one)
        worth = sum(deal["amount"] for deal in deals)
        lines = [
            f"- [{one['name']}](/partnerships/{one['id']}): {one['type']}, **{one['status']}**, {one['tier']}",
            f"- {' and '.join(one['industries'])} in {' and '.join(one['regions'])}",
            f"- {person(records.owner(one))} looks after it; last contact {ago(records.days_since(one['lastContactOn']))}",
            f"- {count(len(deals), 'open deal')} worth {euro(worth)}" if deals else "- no open deals",
        ]
        return "\n".join(lines)

    def rank(self, one):
        ranked = []
        for other in self.records.partnerships:
            if other is one or other["status"] == "ended":
                continue
            industries = set(one["industries"]) & set(other["industries"])
            regions = set(one["regions"]) & set(other["regions"])
            if not industries and not regions:
                continue
            points, reasons = self.score(other, industries, regions)
            ranked.append((points, other, reasons))
        return sorted(ranked, key=lambda each: (-each[0], each[1]["id"]))

    def score(self, other, industries, regions):
        silent = self.records.days_since(other["lastContactOn"])
        deals = len(self.records.open_deals_of(other))
        rules = [
            (3 * len(industries), f"shares {' and '.join(sorted(industries))}"),
            (2 * len(regions), f"works in {' and '.join(sorted(regions))} too"),
            (2 * (other["status"] == "active"), "is active"),
            (1 * (other["tier"] == "gold"), "is gold"),
            (1 * (deals > 0), f"has {count(deals, 'open deal')}"),
            (-2 * (silent > QUIET_DAYS), f"but was last heard of {ago(silent)}"),
        ]
        return sum(points for points, _ in rules), [reason for points, reason in rules if points]

    def suggestion(self, place, points, other, reasons):
        link = f"[{other['organizationName']}](/partnerships/{other['id']})"
        return f"{place}. **{link}**, {count(points, 'point')}: {', '.join(reasons)}. Ask {person(self.records.owner(other))}."

    def next_step(self, one, other):
        first, second = self.records.owner(one), self.records.owner(other)
        if first["id"] == second["id"]:
            return f"**Next step:** {person(first)} looks after both: one call is enough. Noted so far: *{one['nextStep']}*."
        return (
            f"**Next step:** bring {person(first)} and {person(second)} together for half an hour. "
            f"Noted so far: *{one['nextStep']}*."
        )

    def market(self, industries, regions):
        where = ", ".join([*industries, *regions])
        yield f"## Who could sell together: {where}"
        matching = [
            one
            for one in self.records.partnerships
            if one["status"] != "ended"
            and (not industries or set(industries) & set(one["industries"]))
            and (not regions or set(regions) & set(one["regions"]))
        ]
        yield f"{count(len(matching), 'partnership')} in question. I look at each one's deals and last contact."
        if not matching:
            yield "Leave the industry or the region out, and ask again."
            return
        ranked = sorted(
            ((*self.score(one, set(industries) & set(one["industries"]), set(regions) & set(one["regions"])), one) for one in matching),
            key=lambda each: (-each[0], each[2]["id"]),
        )
        for place, (points, reasons, one) in enumerate(ranked[:MOST], 1):
            yield self.suggestion(place, points, one, reasons)
        if len(ranked) > 1:
            yield self.next_step(ranked[0][2], ranked[1][2])
        yield "**How I got here:** the same points as for a single partner; name one and I compare it with all others."

    def quiet(self):
        silent = [one for one in self.records.partnerships if one["status"] not in ("ended", "prospect")]
        silent = [one for one in silent if self.records.days_since(one["lastContactOn"]) > QUIET_DAYS]
        silent.sort(key=lambda one: -sum(deal["amount"] for deal in self.records.open_deals_of(one)))
        yield "## Partners who went quiet"
        yield f"{count(len(silent), 'partnership')} without contact for more than {QUIET_DAYS} days; those with most at stake first."
        for place, one in enumerate(silent[: MOST + 2], 1):
            deals = self.records.open_deals_of(one)
            stake = f"{euro(sum(deal['amount'] for deal in deals))} in {count(len(deals), 'open deal')}" if deals else "no open deals"
            yield (
                f"{place}. **[{one['organizationName']}](/partnerships/{one['id']})**: last contact "
                f"{ago(self.records.days_since(one['lastContactOn']))}, {stake}. {person(self.records.owner(one))}: *{one['nextStep']}*."
            )
        yield "**How I got here:** days since the last contact, then the sum of open deals. Rules only, no model."

    def chances(self):
        active = [one for one in self.records.partnerships if one["status"] == "active"]
        pairs = []
        for at, one in enumerate(active):
            for other in active[at + 1 :]:
                industries = set(one["industries"]) & set(other["industries"])
                regions = set(one["regions"]) & set(other["regions"])
                if industries and regions:
                    deals = self.records.open_deals_of(one) + self.records.open_deals_of(other)
                    pairs.append((sum(deal["amount"] for deal in deals), one, other, industries, regions))
        pairs.sort(key=lambda pair: (-pair[0], pair[1]["id"]))
        yield "## Best chances to sell together"
        yield f"I compare {len(active)} active partnerships with each other: shared industry and region: {count(len(pairs), 'pair')}."
        for place, (worth, one, other, industries, regions) in enumerate(pairs[:MOST], 1):
            yield (
                f"{place}. **[{one['organizationName']}](/partnerships/{one['id']})** and "
                f"**[{other['organizationName']}](/partnerships/{other['id']})**: {' and '.join(sorted(industries))} in "
                f"{' and '.join(sorted(regions))}, {euro(worth)} in open deals. {person(self.records.owner(one))} knows more."
            )
        yield "**How I got here:** shared industry and region, then the sum of open deals. Rules only, no model."

    def help(self, text):
        if text:
            yield "I did not find a partner, an industry or a region in that."
        yield (
            "I scout for partners who could sell together. Name a partner, an industry or a region, or ask who went quiet. "
            "For example:"
        )
        example = self.records.partnerships[0]
        yield (
            f"- Who could help us with {example['organizationName']}?\n"
            f"- Partners for {example['industries'][0]} in {example['regions'][0]}\n"
            "- Which partners went quiet?\n"
            "- Where are the best chances this week?"
        )


def position(text, word):
    match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    return match.start() if match else -1


def count(number, noun):
    return f"{number} {noun}" if abs(number) == 1 else f"{number} {noun}s"


def ago(days):
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"


def euro(amount):
    return f"€{amount:,}"


def person(one):
    return f"[{one['name']}](/people/{one['id']})"
