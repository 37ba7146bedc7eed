// Benchmarks: what the inside costs, printed as small tables.

/// Called as `CLAWTOP_BENCHMARKS=1 swift run -c release benchmarks [--series N,N] [--beside SCRIPT]`.
@main
enum Benchmarks {
    static func main() throws {
        let options = try BenchmarkOptions(CommandLine.arguments.dropFirst())
        print("100 rules, 15 s apart, over a quarter of an hour of samples")
        print("engine      series   cold round   warm round      its CPU     memory")
        for count in options.series {
            let ours = try RuleBenchmark(about: count).measure()
            print(ours.row(named: "clawtop"))
            guard let script = options.script else { continue }
            print(try PrometheusBenchmark(script: script).measure(about: count))
        }
        print("\n10,000 services, 30,000 instances")
        for line in WorldBenchmark().lines() { print(line) }
        print("\n\(AlertBenchmark.count) alerts of one name")
        for line in AlertBenchmark().lines() { print(line) }
    }
}

/// What is asked for.
struct BenchmarkOptions {
    /// About so many series.
    var series = [10_000, 100_000]
    /// Measures a Prometheus with the same series and rules.
    var script: String?

    struct Unknown: Error {
        let word: String
    }

    init(_ words: ArraySlice<String>) throws {
        var words = words
        while let word = words.popFirst() {
            switch (word, words.popFirst()) {
            case ("--series", let numbers?):
                series = numbers.split(separator: ",").compactMap { Int($0) }
            case ("--beside", let path?): script = path
            default: throw Unknown(word: word)
            }
        }
    }
}
