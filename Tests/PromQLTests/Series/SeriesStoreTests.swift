import Events
import Testing

@testable import PromQL

/// What a store keeps, refuses and forgets.
struct SeriesStoreTests {
    private let store = SeriesStore()
    private let up = Labels(["__name__": "up", "job": "api"])

    /// The samples of `metric` until `end`, as `seconds:value`.
    private func samples(_ metric: String, until end: Double) throws -> [String] {
        let answer = try Evaluator(store).evaluate(
            try Expression.parse("\(metric)[1h]"), at: .at(end))
        guard case .matrix(let series) = answer.value else { return [] }
        return series.flatMap(\.points).map {
            "\($0.time.milliseconds / 1000):\(Int($0.value))"
        }
    }

    @Test func `values that only look alike are two series, which their own texts find`() throws {
        for (number, accent) in ["\u{e9}", "e\u{301}"].enumerated() {
            store.append(
                Double(number), to: Labels(["__name__": "up", "job": accent]), at: .at(15))
        }
        let evaluator = Evaluator(store)
        func values(_ text: String) throws -> [Double] {
            let answer = try evaluator.evaluate(try Expression.parse(text), at: .at(15))
            guard case .vector(let samples) = answer.value else { return [] }
            return samples.map(\.value)
        }
        #expect(try values("count by (job) (up)") == [1, 1])
        #expect(try values("up{job=\"\u{e9}\"}") == [0])
        #expect(try values("up{job=\"e\u{301}\"}") == [1])
        #expect(try values("up{job!=\"\u{e9}\"}") == [1])
        #expect(try values("up{job=~\"e.*\"}") == [1])
        let (one, other) = (Labels(["job": "\u{e9}"]), Labels(["job": "e\u{301}"]))
        #expect(one != other && other < one && !(one < other))
        let made = "label_replace(vector(1), \"a\", \"%\", \"\", \"\")"
        let both = ["\u{e9}", "e\u{301}"].map { made.replacing("%", with: $0) }
        #expect(try values("count(\(both[0]) or \(both[1]))") == [2])
    }

    @Test func `a value that stays is one run, and each of its samples is seen`() throws {
        let id = try #require(store.series(of: up))
        let before = store.account.bytes
        for second in stride(from: 15.0, through: 1500, by: 15) {
            store.append(1, to: id, at: .at(second))
        }
        #expect(store.account.bytes - before < 200)
        #expect(try samples("up", until: 1500).count == 100)
        #expect(try samples("up", until: 44) == ["15:1", "30:1"])
    }

    @Test func `samples at odd moments keep their moments`() throws {
        for (second, value) in [(1.0, 1.0), (2.0, 1.0), (4.0, 1.0), (6.0, 1.0), (6.5, 2.0)] {
            store.append(value, to: up, at: .at(second))
        }
        #expect(try samples("up", until: 10) == ["1:1", "2:1", "4:1", "6:1", "6:2"])
    }

    @Test func `samples that all differ take sixteen bytes and little more`() throws {
        let id = try #require(store.series(of: up))
        let before = store.account.bytes
        for second in 1...1000 { store.append(Double(second), to: id, at: .at(Double(second))) }
        #expect(store.account.bytes - before < 1000 * 16 * 13 / 10)
    }

    @Test func `an older sample is refused, a second one for a moment replaces the first`() throws {
        store.append(1, to: up, at: .at(10))
        store.append(2, to: up, at: .at(5))
        store.append(3, to: up, at: .at(10))
        store.append(3, to: up, at: .at(10))
        #expect(try samples("up", until: 20) == ["10:3"])
        #expect(store.account.outOfOrder == 1)
        #expect(store.account.replaced == 1)
    }

    @Test func `samples of impossible moments are refused`() throws {
        store.append(1, to: up, at: Instant(milliseconds: .min))
        store.append(1, to: up, at: .at(10))
        store.append(1, to: up, at: Instant(milliseconds: .max))
        #expect(try samples("up", until: 20) == ["10:1"])
        #expect(store.account.outOfOrder == 2)
    }

    @Test func `what is replaced at the end of a run leaves the run before`() throws {
        for second in [15.0, 30, 45] { store.append(1, to: up, at: .at(second)) }
        store.append(0, to: up, at: .at(45))
        #expect(try samples("up", until: 60) == ["15:1", "30:1", "45:0"])
    }

    @Test func `a held value is sampled at each tick without being told again`() throws {
        let id = try #require(store.series(of: up))
        store.hold(1, of: id, from: .at(7), every: .seconds(15))
        store.hold(1, of: id, from: .at(31), every: .seconds(15))
        #expect(try samples("up", until: 50) == ["7:1", "15:1", "30:1", "45:1"])
        store.hold(0, of: id, from: .at(52), every: .seconds(15))
        #expect(
            try samples("up", until: 75) == ["7:1", "15:1", "30:1", "45:1", "52:0", "60:0", "75:0"])
        store.markStale(id, at: .at(80))
        #expect(try samples("up", until: 1000).last == "75:0")
    }

    @Test(arguments: [
        (7.0, ["7:2"]), (15.0, ["7:1", "15:2"]), (16.0, ["7:1", "15:1", "16:2"]),
    ])
    func `a held value ends with the next sample`(second: Double, expected: [String]) throws {
        let id = try #require(store.series(of: up))
        store.hold(1, of: id, from: .at(7), every: .seconds(15))
        store.append(2, to: id, at: .at(second))
        #expect(try samples("up", until: 100) == expected)
    }

    @Test func `a held value that begins at a tick is replaced at that tick`() throws {
        let id = try #require(store.series(of: up))
        store.hold(1, of: id, from: .at(15), every: .seconds(15))
        store.append(0, to: id, at: .at(15))
        #expect(try samples("up", until: 100) == ["15:0"])
    }

    @Test func `a change is felt although nothing was evaluated anew`() throws {
        let evaluator = Evaluator(store)
        let sum = try Expression.parse("sum(up)")
        store.append(1, to: up, at: .at(10))
        #expect(try evaluator.evaluate(sum, at: .at(10)).value == .vector([Sample(Labels(), 1)]))
        store.append(1, to: Labels(["__name__": "up", "job": "db"]), at: .at(10))
        #expect(try evaluator.evaluate(sum, at: .at(10)).value == .vector([Sample(Labels(), 2)]))
        store.append(5, to: up, at: .at(10))
        #expect(try evaluator.evaluate(sum, at: .at(10)).value == .vector([Sample(Labels(), 6)]))
    }
}
