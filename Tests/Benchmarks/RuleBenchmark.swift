// RuleBenchmark: rounds of a hundred rules over many series.
import Alerting
import PromQL

struct RuleBenchmark {
    struct Result {
        var series: Int
        var cold, warm: Duration
        /// Of a warm round.
        var processor: Duration
        /// MiB that the process grew by.
        var memory: Int

        func row(named name: String) -> String {
            name.padding(10) + "\(series)".right(8) + cold.text.right(13) + warm.text.right(13)
                + processor.text.right(13)
                + "\(memory) MiB".right(11)
        }
    }

    private static let warmRounds = 5
    private let count: Int

    init(about count: Int) { self.count = count }

    func measure() throws -> Result {
        let before = residentMemory
        let store = SeriesStore(limits: StoreLimits(bytes: 1 << 30))
        var series = OnCallSeries(about: count, in: store)
        for _ in 0...60 { series.scrape() }
        let evaluator = Evaluator(store)
        let groups = try OnCallRules.groups().map {
            RuleGroupEvaluation($0, store: store, evaluator: evaluator)
        }
        func round() -> Duration {
            measured { for group in groups { _ = group.evaluate(at: series.now) } }
        }
        let cold = round()
        var (warm, processor) = ([Duration](), [Duration]())
        for _ in 1...Self.warmRounds {
            series.scrape()
            let before = processorTime
            warm.append(round())
            processor.append(processorTime - before)
        }
        return Result(
            series: series.count, cold: cold, warm: warm.median, processor: processor.median,
            memory: residentMemory - before)
    }
}

extension String {
    fileprivate func padding(_ width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}
