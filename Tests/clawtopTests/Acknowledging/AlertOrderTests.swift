import AlertStores
import Events
import Testing

@testable import clawtop

struct AlertOrderTests {
    private let office = Office()

    private func twoFire() async throws {
        try await office.fires("Slow", ["service": "payment"], fingerprint: "00000000000000a1")
        try await office.fires("Slow", ["service": "cart"], fingerprint: "00000000000000a2")
        try await office.fires("Down", ["service": "cart"], fingerprint: "00000000000000b1")
    }

    @Test func `all alerts of a name are acknowledged, for as long as the configuration says`()
        async throws
    {
        try await twoFire()
        let outcome = await office.type("ack Slow --note 'looking at it'")
        #expect(
            outcome
                == Outcome(
                    .ok,
                    """
                    acknowledged Slow service=cart for 30m, until 12:30:00 UTC
                    acknowledged Slow service=payment for 30m, until 12:30:00 UTC

                    """))
        let listed = await office.type("alerts").output
        #expect(listed.contains("ada@laptop, 30m00s left: looking at it"))
        #expect(listed.split(separator: "\n").last?.contains("acknowledged") == true)
    }

    @Test(arguments: [
        ("ack Slow service=payment", "payment", "12:30:00 UTC"),
        ("ack 00000000000000A1", "payment", "12:30:00 UTC"),
        ("ack Slow service=~c.* --for 2h", "cart", "14:00:00 UTC"),
        ("ack Slow service!=payment --until-clear", "cart", "until it is resolved"),
        ("ack Down", "Down", "12:05:00 UTC"),
    ])
    func `labels, a fingerprint and an end may be named`(
        line: String, alert: String, end: String
    ) async throws {
        try await twoFire()
        var office = office
        office.plan.policy.expiries = ["Down": .seconds(300)]
        let outcome = await office.type(line)
        #expect(outcome.code == .ok)
        #expect(outcome.output.split(separator: "\n").count == 1)
        #expect(outcome.output.contains(alert) && outcome.output.contains(end))
    }

    @Test(arguments: [
        ("ack Slw", "no alert Slw fires; did you mean Slow?"),
        ("ack Slow service=x", "no alert Slow service=x fires; `clawtop alerts` lists what does"),
        ("unack Nothing", "no alert Nothing fires; `clawtop alerts` lists what does"),
        ("ack Soon", "Soon is pending: there is nothing to acknowledge yet"),
    ])
    func `what matches nothing ends with 1 and a remedy`(
        line: String, sentence: String
    ) async throws {
        try await twoFire()
        try await office.fires("Soon", fingerprint: "00000000000000c1", state: .pending)
        let outcome = await office.type(line)
        #expect(outcome == Outcome(.failed, "clawtop: \(sentence)\n", isError: true))
    }

    @Test func `what another person has is not taken unless that is said`() async throws {
        try await office.fires("Slow", fingerprint: "00000000000000a1")
        #expect(await office.type("ack Slow --note mine", as: grace).code == .ok)
        let refused = await office.type("ack Slow")
        #expect(refused.code == .failed && refused.output == "")
        #expect(
            refused.warnings
                == "clawtop: Slow is acknowledged by grace@desk, 30m00s left: mine; "
                + "--take-over takes it\n")
        #expect(await office.type("ack Slow --take-over").code == .ok)
        let history = await office.type("alerts --all").output
        #expect(history.contains("grace@desk acknowledged it until 12:30:00 UTC: mine"))
        #expect(history.contains("ada@laptop took it over until 12:30:00 UTC"))
    }

    @Test func `some of several that another person has make it end with 1`() async throws {
        try await twoFire()
        _ = await office.type("ack Slow service=cart", as: grace)
        let outcome = await office.type("ack Slow --format json")
        #expect(outcome.code == .failed)
        #expect(outcome.output.contains(#""outcome": "held""#))
        #expect(outcome.output.contains(#""outcome": "acknowledged""#))
        #expect(outcome.output.contains(#""acknowledged_by": "grace@desk""#))
    }

    @Test func `who acknowledges after the end leaves a note`() async throws {
        try await office.fires("Slow", fingerprint: "00000000000000a1")
        try await office.isResolved("00000000000000a1")
        let outcome = await office.type("ack Slow --note 'on it'")
        #expect(outcome.code == .failed)
        #expect(outcome.warnings.contains("was resolved before: your acknowledgement is kept"))
        #expect(await office.type("alerts --all").output.contains("ada@laptop: on it"))
    }

    @Test func `an acknowledgement is given back, once`() async throws {
        try await office.fires("Slow", fingerprint: "00000000000000a1")
        _ = await office.type("ack Slow", as: grace)
        #expect(await office.type("unack Slow") == Outcome(.ok, "gave back Slow\n"))
        let again = await office.type("unack Slow")
        #expect(again.code == .failed && again.warnings == "clawtop: Slow: nobody has it\n")
    }

    @Test func `a note is for what fires, or for what was over last`() async throws {
        try await office.fires("Slow", fingerprint: "00000000000000a1")
        #expect(await office.type("note Slow 'disk full'") == Outcome(.ok, "noted on Slow\n"))
        try await office.isResolved("00000000000000a1")
        #expect(await office.type("note Slow 'disk replaced'").code == .ok)
        let history = await office.type("alerts --all").output
        #expect(history.contains("ada@laptop: disk full"))
        #expect(history.contains("ada@laptop: disk replaced"))
    }

    @Test(arguments: ["ack Slow --for 1h --until-clear", "ack Slow --for soon", "ack", "note Slow"])
    func `wrong usage ends with 2`(line: String) async throws {
        try await office.fires("Slow", fingerprint: "00000000000000a1")
        #expect(await office.type(line).code == .usage)
    }

    @Test(arguments: ["ack Slow", "unack Slow", "note Slow x", "mute a=b --for 1h --comment c"])
    func `where nothing may be written, nothing is`(line: String) async throws {
        try await office.fires("Slow", fingerprint: "00000000000000a1")
        var office = office
        office.plan.isReadOnly = true
        let outcome = await office.type(line)
        #expect(outcome.code == .failed)
        #expect(outcome.output.contains("nothing was written: the configuration says read_only"))
        #expect(await office.type("alerts").output.contains("Slow firing"))
    }

    @Test(arguments: ["ack Slow x", "ack Slow --for 1h --until-clear", "mute a=b --comment c"])
    func `wrong usage is that, also where nothing may be written`(line: String) async throws {
        var office = office
        office.plan.isReadOnly = true
        #expect(await office.type(line).code == .usage)
    }

    @Test func `a demo that runs is looked into as well`() async throws {
        let demo = Office()
        try await demo.fires("Slow", fingerprint: "00000000000000a1")
        #expect(await office.type("ack Slow", with: demo).code == .ok)
        #expect(await demo.type("alerts").output.contains("ada@laptop, 30m00s left"))
        _ = await office.type("mute alertname=Slow --for 1h --comment x", with: demo)
        #expect(await office.type("mutes").output == "no mutes in memory\n")
        #expect(await demo.type("mutes").output.contains("kept 1 alert quiet"))
    }
}
