import Events
import Testing

@testable import PromQL

/// A store that is full says so.
struct StoreLimitsTests {
    private func labels(_ number: Int) -> Labels {
        Labels(["__name__": "metric", "number": "\(number)"])
    }

    private func count(_ store: SeriesStore, at second: Double) throws -> Value {
        let count = try Expression.parse("count(metric)")
        return try Evaluator(store).evaluate(count, at: .at(second)).value
    }

    @Test func `series beyond the limit are refused and counted`() throws {
        let store = SeriesStore(limits: StoreLimits(series: 2))
        for number in 0..<5 { store.append(1, to: labels(number), at: .at(1)) }
        #expect(store.account.series == 2)
        #expect(store.account.withoutSeries == 3)
        #expect(try count(store, at: 1) == .vector([Sample(Labels(), 2)]))
    }

    @Test func `what is older than the retention is forgotten, and its series with it`() throws {
        let store = SeriesStore(limits: StoreLimits(retention: .seconds(600)))
        let gone = try #require(store.series(of: labels(1)))
        store.append(1, to: gone, at: .at(0))
        store.append(1, to: labels(2), at: .at(500))
        let bytes = store.account.bytes
        store.trim(at: .at(700))
        #expect(store.account.series == 1)
        #expect(store.account.bytes < bytes)
        #expect(store.append(1, to: gone, at: .at(700)) == false)
        #expect(try count(store, at: 700) == .vector([Sample(Labels(), 1)]))

        // Another series takes its slot, and is found by its own labels only.
        store.append(3, to: labels(3), at: .at(700))
        #expect(store.append(1, to: gone, at: .at(701)) == false)
        #expect(try count(store, at: 700) == .vector([Sample(Labels(), 2)]))
        let sum = try Expression.parse(#"sum(metric{number="3"})"#)
        #expect(
            try Evaluator(store).evaluate(sum, at: .at(700)).value
                == .vector([Sample(Labels(), 3)]))
    }

    @Test func `names of metrics that come and go are forgotten, and what was read stays true`()
        throws
    {
        let store = SeriesStore(limits: StoreLimits(retention: .seconds(60)))
        let evaluator = Evaluator(store)
        let expression = try Expression.parse("count({__name__=~\"metric|.*_new\"}) + metric")
        for round in 0..<30 {
            let now = Double(round * 100)
            for number in 0..<200 {
                let name = "round_\(round)_\(number)"
                store.append(1, to: Labels(["__name__": name]), at: .at(now))
            }
            store.append(1, to: Labels(["__name__": "metric"]), at: .at(now))
            store.append(1, to: Labels(["__name__": "r\(round)_new"]), at: .at(now))
            store.trim(at: .at(now))
            store.append(Double(round), to: Labels(["__name__": "metric"]), at: .at(now + 1))
            #expect(
                try evaluator.evaluate(expression, at: .at(now + 1)).value
                    == .vector([Sample(Labels(), Double(2 + round))]))
        }
        #expect(store.names.count < 2000)
    }

    @Test func `a held value outlives the retention`() throws {
        let store = SeriesStore(limits: StoreLimits(retention: .seconds(600)))
        let id = try #require(store.series(of: labels(1)))
        store.hold(1, of: id, from: .at(0), every: .seconds(15))
        store.trim(at: .at(5000))
        #expect(try count(store, at: 5000) == .vector([Sample(Labels(), 1)]))
    }

    @Test
    func `where bytes run out the oldest samples go, and it is told since when there are any`()
        throws
    {
        let store = SeriesStore(limits: StoreLimits(retention: .seconds(1e6), bytes: 20_000))
        let id = try #require(store.series(of: labels(1)))
        for second in 1...5000 { store.append(Double(second), to: id, at: .at(Double(second))) }
        #expect(store.account.bytes <= 20_100)
        #expect(store.account.withoutRoom == 0)
        #expect(try #require(store.account.shortenedTo) > .at(3000))
        #expect(try count(store, at: 5000) == .vector([Sample(Labels(), 1)]))
    }

    @Test func `a history is shortened until the retention has come to where it begins`() throws {
        let store = SeriesStore(limits: StoreLimits(retention: .seconds(4000), bytes: 20_000))
        let id = try #require(store.series(of: labels(1)))
        for second in 1...3000 { store.append(Double(second), to: id, at: .at(Double(second))) }
        store.trim(at: .at(3100))
        let shortened = try #require(store.account.shortenedTo)
        store.trim(at: .at(3200))
        #expect(store.account.shortenedTo == shortened)
        store.trim(at: .at(7100))
        #expect(store.account.shortenedTo == nil)
    }

    @Test func `where there is no room at all samples are refused and counted`() throws {
        let store = SeriesStore(limits: StoreLimits(bytes: 500))
        for number in 0..<10 { store.append(1, to: labels(number), at: .at(1)) }
        #expect(store.account.withoutRoom > 0)
    }
}
