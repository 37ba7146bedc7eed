// OnCallSeries: what the instances of a fleet expose: requests, durations, and how they do.
import Events
import PromQL

/// 24 series an instance; a counter grows by the same each step, a gauge lies where it lies.
struct OnCallSeries {
    static let step = Duration.seconds(15)
    private static let boundsAndShares: [(String, Double)] = [
        ("0.005", 0.02), ("0.01", 0.07), ("0.025", 0.17), ("0.05", 0.37), ("0.1", 0.62),
        ("0.25", 0.82), ("0.5", 0.92), ("1", 0.97), ("2.5", 0.99), ("5", 0.995), ("+Inf", 1),
    ]

    private struct Line {
        var id: SeriesID
        var first: Double
        var growth: Double
    }

    private let store: SeriesStore
    private var lines: [Line] = []
    private var steps = 0
    private(set) var now = Instant(milliseconds: 1_700_000_000_000)

    init(about count: Int, in store: SeriesStore) {
        self.store = store
        let instances = max(1, count / 24)
        let services = max(10, min(200, instances / 4))
        for instance in 0..<instances {
            let service = instance % services
            add(
                instance,
                [
                    "service": "svc-\(service)", "tier": "\(service % 10)", "env": "prod",
                    "instance": "10.0.\(instance / 250).\(instance % 250):8080", "job": "api",
                ])
        }
    }

    var count: Int { lines.count }

    /// One more sample of each.
    mutating func scrape() {
        steps += 1
        now = now + Self.step
        for line in lines {
            store.append(line.first + line.growth * Double(steps), to: line.id, at: now)
        }
    }

    private mutating func add(_ instance: Int, _ base: [String: String]) {
        for (bound, share) in Self.boundsAndShares {
            add("http_request_duration_seconds_bucket", base, ["le": bound], 0, 300 * share)
        }
        for method in ["GET", "POST"] {
            for (code, growth) in [
                ("200", 120), ("201", 20), ("404", 5), ("500", 1 + instance % 7),
            ] {
                add(
                    "http_requests_total", base, ["method": method, "code": code],
                    Double(instance), Double(growth))
            }
        }
        add("up", base, [:], instance % 97 == 0 ? 0 : 1, 0)
        add("process_start_time_seconds", base, [:], 1.6e9, 0)
        add("process_resident_memory_bytes", base, [:], 2e8 + Double(instance), 1024)
        add("disk_free_bytes", base, [:], 1e11, -1e6 * Double(1 + instance % 5))
        add("cpu_usage_ratio", base, [:], 0.3 + 0.6 * Double(instance % 11) / 11, 0.0001)
    }

    private mutating func add(
        _ name: String, _ base: [String: String], _ more: [String: String], _ first: Double,
        _ growth: Double
    ) {
        var labels = Labels(base.merging(more) { $1 })
        labels[Labels.nameLabel] = name
        guard let id = store.series(of: labels) else { return }
        lines.append(Line(id: id, first: first, growth: growth))
    }
}
