// AlertStandingTests: what an alert's history comes to.
import Events
import TestKit
import Testing

@testable import WorldModel

struct AlertStandingTests {
    private func standing(
        _ history: (second: Int, by: Person, deed: LedgerEntry.Deed)...
    ) -> AlertStanding {
        AlertStanding(AlertLedger("Down", [:], history), policy: AcknowledgementPolicy())
    }

    @Test func `who acknowledges has it until the time is over`() {
        let standing = standing((0, .ana, .fires), (10, .ana, .has(until: 1810)))
        #expect(standing.hold(at: .second(1809))?.by == .ana)
        #expect(standing.hold(at: .second(1810)) == nil)
        #expect(standing.broken(at: .second(1810))?.reason == .expired)
    }

    @Test func `until clear ends when it is resolved`() {
        let standing = standing((0, .ana, .fires), (10, .ana, .has(until: nil)))
        #expect(standing.hold(at: .second(1_000_000))?.by == .ana)
    }

    @Test func `within the flap window it is kept, and flaps are counted`() {
        let standing = standing(
            (0, .ana, .fires), (10, .ana, .has(until: 1810)), (100, .ana, .resolved),
            (400, .ana, .fires), (420, .ana, .resolved), (430, .ana, .fires))
        #expect(standing.hold(at: .second(440))?.by == .ana)
        #expect(standing.flaps == 2)
        #expect(standing.since == .second(0))
    }

    @Test func `outside the flap window it breaks`() {
        let standing = standing(
            (0, .ana, .fires), (10, .ana, .has(until: nil)), (100, .ana, .resolved),
            (401, .ana, .fires))
        #expect(standing.hold(at: .second(402)) == nil)
        #expect(standing.broken(at: .second(402))?.reason == .refired)
        #expect(standing.broken(at: .second(402))?.owner == .ana)
    }

    @Test func `nobody has what is resolved, and who comes late left a note`() {
        let standing = standing(
            (0, .ana, .fires), (10, .ana, .resolved), (11, .ana, .has(until: 1810)))
        #expect(standing.hold(at: .second(12)) == nil)
        let late = standing.decide(
            .acknowledge(until: nil, note: "on it", takesOver: false), by: .bo, at: .second(12))
        #expect(late == .tooLate(.noted("on it")))
    }

    @Test func `another one's is not taken without saying so`() {
        let standing = standing(
            (0, .ana, .fires), (10, .ana, .has(until: 1810)), (20, .bo, .has(until: 1820)))
        #expect(standing.hold(at: .second(30))?.by == .ana)
        let asked = standing.decide(
            .acknowledge(until: nil, note: "", takesOver: false), by: .bo, at: .second(30))
        guard case .held(let hold) = asked else {
            Issue.record("\(asked)")
            return
        }
        #expect(hold.by == .ana)
    }

    @Test func `a takeover says that it is one`() {
        let standing = standing((0, .ana, .fires), (10, .ana, .has(until: 1810)))
        let order = AlertOrder.acknowledge(until: .second(2000), note: "mine", takesOver: true)
        #expect(
            standing.decide(order, by: .bo, at: .second(30))
                == .write(.has(until: 2000, note: "mine", takesOver: true)))
        // Who has it already takes nothing over.
        #expect(
            standing.decide(order, by: .ana, at: .second(30))
                == .write(.has(until: 2000, note: "mine")))
    }

    @Test func `an acknowledgement outlives the entries that are read`() {
        let standing = standing((10, .ana, .has(until: nil)), (20, .bo, .noted("still at it")))
        #expect(standing.hold(at: .second(30))?.by == .ana)
    }

    @Test func `a clock that jumps ends nothing that has no end`() {
        let standing = standing((0, .ana, .fires), (10, .ana, .has(until: nil)))
        #expect(standing.hold(at: .second(-3600))?.by == .ana)
    }
}
