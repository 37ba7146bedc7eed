import Events
import Foundation
import PromQL
import Testing

/// Our own cases, told as scripts.
struct ScriptTests {
    static let names = [
        "aggregations", "functions", "histograms", "labels", "matching", "ranges", "selectors",
        "staleness", "subqueries",
    ]

    @Test(arguments: names)
    func `each query of a script is answered as it says`(name: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = folder.appending(path: "Fixtures/\(name).test")
        let script = try Script(String(contentsOf: file, encoding: .utf8))
        var store = SeriesStore(limits: StoreLimits(retention: .seconds(1e9)))
        var evaluator = Evaluator(store)
        for command in script.commands {
            switch command {
            case .clear:
                store = SeriesStore(limits: StoreLimits(retention: .seconds(1e9)))
                evaluator = Evaluator(store)
            case .load(let interval, let series):
                for text in series {
                    store.load(try SeriesDescription.parse(text), every: interval)
                }
            case .query(let query):
                let complaint = query.complaint(evaluator)
                #expect(complaint == nil, "\(query.text): \(complaint ?? "")")
            }
        }
    }
}
