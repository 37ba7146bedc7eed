import AlertStores
import Engine
import Events
import Synchronization
import TestKit
import Testing

@testable import clawtop

struct LeadershipTests {
    private let place = MemoryStore.Place()
    private let clock = HandClock()

    private func candidate(_ name: String) -> Leadership {
        let place = place
        return Leadership(name, clock: clock) { () async throws(StoreError) in MemoryStore(place) }
    }

    private func pass(_ seconds: Int) {
        clock.pass(.seconds(seconds))
        place.pass(.seconds(seconds))
    }

    @Test func `one leads, and another one when it resigns`() async {
        let (one, other) = (candidate("one"), candidate("other"))
        await one.stand()
        await other.stand()
        #expect(one.isLeading && !other.isLeading)
        await one.resign()
        await other.stand()
        #expect(!one.isLeading && other.isLeading)
    }

    @Test func `who is silent for a term has lost the lead before another one has it`() async {
        let (one, other) = (candidate("one"), candidate("other"))
        await one.stand()
        pass(14)
        #expect(!one.isLeading)
        await other.stand()
        #expect(!other.isLeading)
        pass(2)
        await other.stand()
        #expect(other.isLeading)
    }

    @Test func `who ends while it asks leads until it resigns`() async {
        let (one, other) = (candidate("one"), candidate("other"))
        await one.stand()
        place.fail(with: StoreError("broken off"))
        let asking = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            await one.stand()
        }
        await asking.value
        place.fail(with: nil)
        #expect(one.isLeading)
        await one.resign()
        await other.stand()
        #expect(other.isLeading)
    }

    @Test func `where the store is gone for two terms each leads, until it is back`() async {
        let (one, other) = (candidate("one"), candidate("other"))
        await one.stand()
        place.fail(with: StoreError("gone"))
        await one.stand()
        await other.stand()
        #expect(one.isLeading && !other.isLeading)
        pass(31)
        #expect(one.isLeading && other.isLeading)
        place.fail(with: nil)
        await one.stand()
        await other.stand()
        #expect(one.isLeading && !other.isLeading)
    }
}

/// A clock that the test turns.
private final class HandClock: EngineClock {
    private let time = Mutex(Duration.zero)

    var wall: Instant { noon + elapsed }
    var elapsed: Duration { time.withLock { $0 } }

    func pass(_ duration: Duration) { time.withLock { $0 += duration } }
    func sleep(for duration: Duration) async throws {}
}
