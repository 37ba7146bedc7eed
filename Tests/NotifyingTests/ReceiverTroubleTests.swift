import Events
import Testing

@testable import Notifying

struct ReceiverTroubleTests {
    private func failure(_ reason: String, isFinal: Bool = false) -> NotificationFailure {
        NotificationFailure(
            receiver: "hook", reason: reason, subject: "Slow", count: 1, isFinal: isFinal)
    }

    @Test func `each reason is said once, and that it is over`() {
        var trouble = ReceiverTrouble()
        #expect(trouble.delivered(to: "hook") == nil)
        #expect(trouble.failed(failure("answered 503"), at: noon) != nil)
        #expect(trouble.failed(failure("answered 503"), at: noon + .seconds(60)) == nil)
        #expect(trouble.failed(failure("is away"), at: noon + .seconds(61)) != nil)
        #expect(trouble.delivered(to: "hook") == .recovered(receiver: "hook"))
        #expect(trouble.delivered(to: "hook") == nil)
        #expect(trouble.failed(failure("answered 503"), at: noon + .seconds(90)) != nil)
    }

    @Test func `what is refused again between others that are taken is said once an hour`() {
        var trouble = ReceiverTrouble()
        var said: [Int64] = []
        for minute: Int64 in 0..<100 {
            let now = noon + .seconds(minute * 60)
            if trouble.failed(failure("answered 400", isFinal: true), at: now) != nil {
                said.append(minute)
            }
            _ = trouble.delivered(to: "hook")
        }
        #expect(said == [0, 60])
    }
}
