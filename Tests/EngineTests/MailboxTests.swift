// MailboxTests: events wait in order, and senders wait for room.
import Events
import Synchronization
import Testing

@testable import Engine

@Suite(.timeLimit(.minutes(5)))
struct MailboxTests {
    private func event(_ number: Int) -> Event {
        .feed("a/registry", .answered(note: "\(number)", requests: 0))
    }

    @Test func `all that is there comes at once and in order`() async {
        let mailbox = Mailbox()
        for number in 1...5 { await mailbox.put(event(number)) }
        #expect(await mailbox.takeAll()?.events == (1...5).map(event))
    }

    @Test func `a full mailbox makes its senders wait and loses nothing`() async {
        let mailbox = Mailbox(capacity: 4)
        let sender = Task {
            for number in 1...100 { await mailbox.put(event(number)) }
            mailbox.close()
        }
        var taken: [Event] = []
        var most = 0
        while let events = await mailbox.takeAll()?.events {
            taken += events
            most = max(most, events.count)
        }
        await sender.value
        #expect(taken == (1...100).map(event))
        #expect(most <= 4)
    }

    @Test func `many senders lose nothing either`() async {
        let mailbox = Mailbox(capacity: 2)
        let senders = Task {
            await withTaskGroup { group in
                for number in 1...50 { group.addTask { await mailbox.put(event(number)) } }
            }
            mailbox.close()
        }
        var taken: Set<Event> = []
        while let events = await mailbox.takeAll()?.events { taken.formUnion(events) }
        await senders.value
        #expect(taken == Set((1...50).map(event)))
    }

    @Test func `a closed mailbox gives what it has, and lets its senders go`() async {
        let mailbox = Mailbox(capacity: 1)
        await mailbox.put(event(1))
        let sender = Task { await mailbox.put(event(2)) }
        mailbox.close()
        await sender.value
        let events = await mailbox.takeAll()?.events
        #expect(events?.first == event(1))
        #expect(await mailbox.takeAll()?.events == nil)
    }
}
