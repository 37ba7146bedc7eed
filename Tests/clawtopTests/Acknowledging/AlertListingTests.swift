import AlertStores
import Events
import Foundation
import TestKit
import Testing

@testable import clawtop

struct AlertListingTests {
    private let office = Office()

    @Test func `alerts are listed with who has them and how old that knowledge is`() async throws {
        try await office.fires("Slow", ["service": "payment"], fingerprint: "00000000000000a1")
        try await office.fires("Soon", fingerprint: "00000000000000c1", state: .pending)
        #expect(
            await office.type("alerts").output == """
                2 alerts in memory: 1 firing, 1 pending
                  Slow firing  critical service=payment for 1m00s – evaluated 2s ago Slow is sad
                  Soon pending critical                 for 1m00s – evaluated 2s ago Soon is sad

                """)
    }

    @Test func `what cannot be read in the store is said beside the list`() async throws {
        office.place.refuse("b", with: StoreError("team/b is no document of ours"))
        try await office.fires("Slow", fingerprint: "00000000000000a1")
        let outcome = await office.type("alerts")
        #expect(outcome.code == .ok && outcome.output.contains("Slow firing"))
        #expect(outcome.warnings == "clawtop: team/b is no document of ours\n")
    }

    @Test func `as JSON they have the fields of once, and their age`() async throws {
        try await office.fires("Slow", ["service": "payment"], fingerprint: "00000000000000a1")
        _ = await office.type("ack Slow --note looking", as: grace)
        _ = await office.type("mute service=payment --for 2h --comment deploy")
        let text = await office.type("alerts --all --format json").output
        let all = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        let alert = try #require(all.first)
        for (name, value) in [
            "fingerprint": "00000000000000a1", "name": "Slow", "state": "acknowledged",
            "since": "2026-11-23T11:59:00Z", "evaluated": "2026-11-23T11:59:58Z",
            "acknowledged_by": "grace@desk", "note": "looking", "until": "2026-11-23T12:30:00Z",
            "muted_by": "ada@laptop", "muted_until": "2026-11-23T14:00:00Z",
            "observer": "ada@laptop/1",
        ] {
            #expect(alert[name] as? String == value, "\(name)")
        }
        #expect(alert["age_seconds"] as? Int == 2)
        #expect(alert["no_data"] as? Bool == false)
        let history = alert["history"] as? [[String: Any]]
        #expect(history?.compactMap { $0["event"] as? String } == ["fired", "acknowledged"])
    }

    @Test func `what no running clawtop sees is what the store remembers`() async throws {
        try await office.fires("Slow", fingerprint: "00000000000000a1")
        try await office.store.withdraw("ada@laptop/1")
        let outcome = await office.type("alerts")
        #expect(outcome.code == .ok && outcome.output.contains("not evaluated now"))
        #expect(
            outcome.warnings == "clawtop: no clawtop is running: this is what memory remembers\n")
    }

    @Test func `hostile texts harm no terminal`() async throws {
        try await office.fires(
            "Slow\u{1B}[2J", ["x": "\u{202E}y\n"], fingerprint: "00000000000000a1")
        _ = await office.type("ack 00000000000000a1 --note \u{1B}]0;x\u{7}")
        for line in ["alerts", "alerts --all", "alerts --format json", "ack 00000000000000a1"] {
            let text = await office.type(line).output
            #expect(text.contains("Slow"))
            #expect(!text.unicodeScalars.contains { $0.value < 10 || $0.value == 0x1B })
            #expect(!text.unicodeScalars.contains("\u{202E}"))
        }
    }

    @Test(arguments: [
        "\u{1B}]0;x\u{7}\u{9B}2J", "\u{202E}\u{2066}\u{061C}", "\u{200B}\u{E0041}\u{FEFF}\u{00AD}",
        "one\u{2028}two\r\nthree\u{85}", String(repeating: "x\u{301}", count: 5_000),
        String(repeating: "long ", count: 2_000),
    ])
    func `summaries, notes and names that act or never end are short and still`(text: String)
        async throws
    {
        try await office.fires("Slow" + text, ["x": text], fingerprint: "00000000000000a1")
        let words = text.split(whereSeparator: \.isWhitespace)
        let note = "note" + words.joined(separator: "_").prefix(200)
        #expect(await office.type("ack 00000000000000a1 --note \(note)").code == .ok)
        let acting: Set<Unicode.GeneralCategory> = [
            .control, .format, .lineSeparator, .paragraphSeparator,
        ]
        let listed = await office.type("alerts --all").output
        #expect(listed.contains("note"))
        for line in listed.split(separator: "\n") {
            #expect(
                !line.unicodeScalars.contains { acting.contains($0.properties.generalCategory) })
            #expect(line.unicodeScalars.count < 2_500)
        }
    }

    @Test func `a store that fails is told, and that something may be written nevertheless`()
        async throws
    {
        let place = MemoryStore.Place()
        let desk = AlertDesk(
            stores: [MemoryStore(place)], plan: StorePlan(), person: ada, now: noon,
            options: AlertOptions(words: ["Slow"]), format: .text)
        place.fail(with: StoreError("the disk is full"))
        #expect(
            await desk.run("ack") == Outcome(.failed, "clawtop: the disk is full\n", isError: true))
        place.fail(with: StoreError("no answer came", isUncertain: true))
        #expect(
            await desk.run("ack").output
                == "clawtop: it may have been written: no answer came\n")
    }
}

struct MuteOrderTests {
    private let office = Office()

    @Test func `a mute says what it matches now, and is listed with what it kept quiet`()
        async throws
    {
        try await office.fires("Slow", ["service": "payment"], fingerprint: "00000000000000a1")
        try await office.fires("Down", ["service": "cart"], fingerprint: "00000000000000b1")
        let outcome = await office.type("mute service=~pay.* --for 2h --comment 'deploy of v42'")
        let lines = outcome.output.split(separator: "\n")
        #expect(outcome.code == .ok && lines.count == 4)
        #expect(
            lines[0]
                == #"muted service=~"pay.*" for 2h, until 14:00:00 UTC: deploy of v42"#)
        #expect(lines[2] == "matches 1 alert now:")
        #expect(lines[3] == "  Slow service=payment firing critical")
        let id = String(lines[1].dropFirst(3))
        let listed = await office.type("mutes").output
        #expect(listed.contains("\(id) service=~\"pay.*\" for 2h, until 14:00:00 UTC"))
        #expect(listed.contains("by ada@laptop kept 1 alert quiet deploy of v42"))
        #expect(await office.type("unmute \(id)", as: grace).code == .ok)
        #expect(await office.type("unmute \(id)").code == .failed)
        #expect(await office.type("mutes").output == "no mutes in memory\n")
        #expect(
            await office.type("mutes --all").output.contains("ended 12:00:00 UTC by grace@desk"))
    }

    @Test func `as JSON, with the alerts that it matches`() async throws {
        try await office.fires("Slow", ["service": "payment"], fingerprint: "00000000000000a1")
        let text = await office.type("mute alertname=Slow --for 2h --comment x --format json")
            .output
        let mute = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(mute["matchers"] as? [String] == [#"alertname="Slow""#])
        #expect(mute["until"] as? String == "2026-11-23T14:00:00Z")
        #expect((mute["matches"] as? [[String: Any]])?.first?["name"] as? String == "Slow")
    }

    @Test(arguments: [
        ("mute a=b --comment x", "a mute needs an end; write --for 2h"),
        ("mute a=b --for 2h", "a mute needs a reason; write --comment TEXT"),
        ("mute nonsense --for 2h --comment x", "matcher nonsense"),
        ("mute a=~( --for 2h --comment x", "matcher a=~("),
        ("mute a=b --for 2y --comment x", "is longer than a year"),
        ("mute a=b --for 2x --comment x", "is no duration"),
        ("mute a=b --for 60w --comment x", "is longer than a year"),
        ("mute a=b --for 2h --comment ' '", "--comment is empty"),
    ])
    func `a mute without an end, a reason or a matcher is wrong usage`(
        line: String, sentence: String
    ) async {
        let outcome = await office.type(line)
        #expect(outcome.code == .usage && outcome.output.contains(sentence))
    }

    @Test
    func `an Alertmanager's silences are listed as running clawtops see them, and left alone`()
        async throws
    {
        try await office.fires("Slow", ["service": "payment"], fingerprint: "00000000000000a1")
        var told = try #require(try await office.store.observations().first)
        let silence = Mute(
            id: "s1", matchers: [LabelMatcher("service", "payment")], start: noon - .seconds(600),
            until: noon + .seconds(600), by: Person(user: "bob", host: ""), comment: "later",
            feed: "am/metrics")
        told.silences = [silence]
        try await office.store.tell(told)
        told.observer = "bob@desk/2"
        try await office.store.tell(told)
        #expect(
            await office.type("mutes").output == """
                1 mute in memory:
                  s1 service="payment" for 10m, until 12:10:00 UTC by bob kept 1 alert quiet \
                silence of am/metrics: later

                """)
        let alerts = await office.type("alerts").output
        #expect(alerts.contains("1 muted") && alerts.contains("muted by bob until 12:10:00 UTC"))
        let refused = await office.type("unmute s1")
        #expect(refused.code == .failed)
        #expect(refused.output.contains("s1 is a silence of am/metrics, and is ended there"))
        #expect(try await office.store.read(since: noon).mutes.isEmpty)
    }

    @Test func `a silence that has not begun is listed with its begin, and keeps nothing quiet`()
        async throws
    {
        try await office.fires("Slow", ["service": "payment"], fingerprint: "00000000000000a1")
        var told = try #require(try await office.store.observations().first)
        told.silences = [
            Mute(
                id: "s1", matchers: [LabelMatcher("service", "payment")],
                start: noon + .seconds(3600), until: noon + .seconds(7200),
                by: Person(user: "bob", host: ""), comment: "later", feed: "am/metrics")
        ]
        try await office.store.tell(told)
        let listed = await office.type("mutes").output
        #expect(listed.contains("from 13:00:00 UTC for 2h, until 14:00:00 UTC"), "\(listed)")
        #expect(listed.contains("kept 0 alerts quiet"))
    }

    @Test func `what its Alertmanager inhibits is muted, and says so`() async throws {
        try await office.fires("Slow", ["service": "payment"], fingerprint: "00000000000000a1")
        var told = try #require(try await office.store.observations().first)
        told.alerts[0].suppression = Suppression(inhibitors: ["00000000000000b1"])
        try await office.store.tell(told)
        let text = await office.type("alerts").output
        #expect(text.contains("1 muted") && text.contains("inhibited by its Alertmanager"))
        let json = await office.type("alerts --format json").output
        #expect(json.contains(#""suppressed": "inhibited""#), "\(json)")
    }

    @Test func `there must be a mute to be ended`() async {
        let outcome = await office.type("unmute 12ab")
        #expect(outcome.code == .failed)
        #expect(outcome.output.contains("there is no mute 12ab; `clawtop mutes` lists them"))
    }
}
