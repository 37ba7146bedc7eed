// AlertBookTests: what ends acknowledgements, what is muted, and how alerts stand by that.
import Events
import TestKit
import Testing

@testable import WorldModel

struct AlertBookTests {
    private typealias History = [(second: Int, by: Person, deed: LedgerEntry.Deed)]

    private func down(
        _ instance: String, _ history: History, severity: String = "warning"
    ) -> AlertLedger {
        AlertLedger(
            "Down", ["service": "cart", "instance": instance, "severity": severity], history)
    }

    private func reasons(_ ledgers: AlertLedger..., at second: Int) -> [BreakReason] {
        var book = AlertBook()
        _ = book.apply(.listed(ledgers: ledgers, mutes: []), at: .second(second))
        return book.breaks(at: .second(second)).map(\.reason)
    }

    private let held: History = [(0, .ana, .fires), (10, .ana, .has(until: 1810))]

    @Test func `another member of the group breaks it`() {
        #expect(
            reasons(down("a", held), down("b", [(20, .ana, .fires)]), at: 30)
                == [.joined(by: "instance=b")])
    }

    @Test func `one that fired before does not`() {
        #expect(reasons(down("a", held), down("b", [(5, .ana, .fires)]), at: 30) == [])
    }

    @Test func `one that only flaps does not`() {
        let flapping: History = [(5, .ana, .fires), (15, .ana, .resolved), (20, .ana, .fires)]
        #expect(reasons(down("a", held), down("b", flapping), at: 30) == [])
    }

    @Test func `a higher severity breaks it, in its own words`() {
        #expect(
            reasons(down("a", held), down("a", [(20, .ana, .fires)], severity: "critical"), at: 30)
                == [.escalated(to: .critical)])
    }

    @Test func `another service, and another rule, do not`() {
        let other = AlertLedger("Down", ["service": "web"], [(20, .ana, .fires)])
        let rule = AlertLedger("Slow", ["service": "cart"], [(20, .ana, .fires)])
        #expect(reasons(down("a", held), other, rule, at: 30) == [])
    }

    @Test func `what is over is to be written down once`() {
        #expect(reasons(down("a", held), at: 1811) == [.expired])
        let written = held + [(1811, .ana, .broken(.expired))]
        #expect(reasons(down("a", written), at: 1812) == [])
    }

    @Test func `answers that overtake each other change nothing back`() {
        var book = AlertBook()
        let newer = down("a", held)
        var older = newer
        (older.entries, older.revision) = ([newer.entries[0]], 1)
        _ = book.apply(.listed(ledgers: [newer], mutes: []), at: .second(20))
        _ = book.apply(.changed(ledgers: [older], mutes: []), at: .second(21))
        #expect(book[newer.fingerprint]?.hold(at: .second(22)) != nil)
    }

    @Test func `what others do is among the changes`() {
        var book = AlertBook()
        let ledger = down("a", [(0, .ana, .fires)])
        _ = book.apply(.listed(ledgers: [ledger], mutes: []), at: .second(5))
        let changes = book.apply(.changed(ledgers: [down("a", held)], mutes: []), at: .second(10))
        #expect(changes.map(\.text) == ["ana@desk has Down"])
    }

    @Test func `a mute covers what it matches, and tells how much that was`() {
        var book = AlertBook()
        let mute = Mute(
            id: "m", matchers: [LabelMatcher("service", "ca.*", isRegex: true)], start: .second(10),
            until: .second(100), by: .ana, comment: "rollout")
        _ = book.apply(
            .listed(
                ledgers: [
                    down("a", [(0, .ana, .fires)]),
                    down("b", [(0, .ana, .fires), (5, .ana, .resolved)]),
                    down("c", [(20, .ana, .fires), (30, .ana, .resolved)]),
                    AlertLedger("Down", ["service": "web"], [(20, .ana, .fires)]),
                ], mutes: [mute]), at: .second(50))
        let cart = Labels(["service": "cart"])
        #expect(book.mute(of: cart, at: .second(50))?.id == "m")
        #expect(book.mute(of: cart, at: .second(100)) == nil)
        #expect(book.mute(of: Labels(["service": "web"]), at: .second(50)) == nil)
        #expect(book.suppressed(by: mute, at: .second(50)) == 2)
    }

    @Test func `alerts stand by who has them, and stand up again when that ends`() {
        let ledger = down("a", held)
        var alert = AlertRecord(
            fingerprint: ledger.fingerprint, name: "Down", labels: ledger.labels, state: .firing,
            value: 1, active: .second(0), fired: .second(0), evaluated: .second(12))
        var world = world([(12, .store(.listed(ledgers: [ledger], mutes: [])))])
        world.conclude(AlertReport(alerts: [alert]))
        #expect(world.alerts.all.map(\.state) == [.acknowledged])
        #expect(world.alerts.acknowledged == 1 && world.alerts.firing == 0)
        #expect(world.health == .passing || world.health == .unknown)
        // An evaluation that only moves the value takes it from nobody.
        (alert.value, alert.evaluated) = (2, .second(17))
        let before = (world.alerts.arrangements, world.alerts.revision)
        world.conclude(AlertReport(alerts: [alert]))
        #expect((world.alerts.arrangements, world.alerts.revision) == (before.0, before.1 + 1))
        #expect(world.alerts.of("cart").map(\.value) == [2])
        #expect(world.alerts.all.map(\.state) == [.acknowledged])
        world.apply(Envelope(sequence: 9, at: .second(1810), event: .tick))
        #expect(world.alerts.all.map(\.state) == [.firing])
    }
}
