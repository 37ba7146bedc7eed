// AlertBenchmark: a storm of alerts arranged, folded on screen and opened.
import Drawing
import Events
import Panes
import WorldModel

struct AlertBenchmark {
    static let count = 4_000

    func lines() -> [String] {
        var world = World()
        apply(.tick, to: &world)
        var turn = 0
        let arranged = (0..<20).map { _ in
            turn += 1
            let report = storm(turn)
            return measured { world.conclude(report) }
        }
        return [
            "arranged                    \(arranged.median.text.right(11))",
            "a frame, folded             \(frame(of: world, after: [.character("7")]).text.right(11))",
            "a frame, opened             "
                + frame(of: world, after: [.character("7"), .enter]).text.right(11),
        ]
    }

    /// A new snapshot of the same alerts comes with each frame.
    private func frame(of world: World, after keys: [Key]) -> Duration {
        let size = Size(160, 50)
        var (world, ui, memory) = (world, UIState(), PaintMemory())
        for key in keys { _ = ui.update(.key(key), world: world, size: size) }
        let times = (1...50).map { second in
            apply(.tick, to: &world, second: second)
            return measured {
                ui.look(at: world)
                _ = Screen.draw(world, ui, size: size, memory: memory)
            }
        }
        return times.median
    }

    private func apply(_ event: Event, to world: inout World, second: Int = 0) {
        let now = Instant(milliseconds: 1_700_000_000_000 + Int64(second) * 1000)
        world.apply(Envelope(sequence: 1, at: now, event: event))
    }

    private func storm(_ turn: Int) -> AlertReport {
        let now = Instant(milliseconds: 1_700_000_000_000)
        let alerts = (0..<Self.count).map { number in
            AlertRecord(
                fingerprint: String(number, radix: 16), name: "InstanceCritical",
                labels: Labels([
                    "alertname": "InstanceCritical", "severity": "critical",
                    "service": "service-\(number % 1000)", "instance": "instance-\(number)",
                ]),
                state: .firing, value: Double(turn), active: now, fired: now, evaluated: now)
        }
        return AlertReport(alerts: alerts)
    }
}
