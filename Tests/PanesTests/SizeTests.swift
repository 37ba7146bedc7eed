// Every size, hostile texts, and fleets of ten thousand.
import Drawing
import Events
import TestKit
import Testing
import WorldModel

@testable import Panes

struct SizeTests {
    private static let keys: [[Key]] = [
        [], [.enter], [.character("2"), .enter], [.character("3"), .enter],
        [.character("4"), .enter], [.character("5"), .enter], [.character("6")],
        [.character("?")], [.character("D")], [.character("v")], [.character("d")],
        [.character(":"), .character("t")], [.character("/"), .character("p")],
        [.character("!")], [.character("z")], [.character("7")], [.character("7"), .enter],
        [.character("8")], [.character("8"), .enter], [.backTab],
    ]

    /// Everything that can stand on a page.
    private static let full = alarmed(problems: ["rules.yaml: line 3: no such field", "cap met"])

    @Test(arguments: keys.indices)
    func `no size traps`(index: Int) {
        var ui = UIState(themes: ["dark"], isDemo: true)
        let world = Self.full
        for key in Self.keys[index] { press(key, &ui, world) }
        // All sizes for what is seen most; every third width of the other pages.
        for width in stride(from: 0, through: 60, by: index < 2 ? 1 : 3) {
            for height in 0...20 { sweep(ui, world, Size(width, height)) }
        }
        for size in [Size(140, 3), Size(140, 6), Size(141, 40), Size(250, 70)] {
            sweep(ui, world, size)
        }
    }

    private func sweep(_ ui: UIState, _ world: World, _ size: Size) {
        #expect(Screen.draw(world, ui, size: size).size == size)
        // Keys on every seventh size are enough to meet each height with many widths.
        guard (size.width + size.height) % 7 == 0 || size.width > 60 else { return }
        var ui = ui
        for key in [Key.character("j"), .pageDown, .character("G"), .tab, .character("g")] {
            _ = ui.update(.key(key), world: world, size: size)
        }
        _ = ui.update(.wheel(rows: 2, x: 3, y: 3), world: world, size: size)
        _ = ui.update(.click(x: 3, y: 2), world: world, size: size)
        _ = Screen.draw(world, ui, size: size)
    }

    @Test func `a screen that is too small says so`() {
        #expect(Screen.draw(incident(), UIState(), size: Size(19, 5)).text.hasPrefix("too small"))
    }

    private static let hostile = [
        "\u{1B}]0;pwned\u{7}\u{1B}[2J", "\u{202E}evil\u{202C}", "a\u{200B}b\u{200D}c", "支払いサービス",
        "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}", "👩‍👩‍👧‍👦🇩🇪👍🏽",
        String(repeating: "x", count: 10_000), "two\nlines\ttab\r", "", " ",
        String(repeating: "支", count: 5_000), "a:b, c", "\u{0}\u{85}\u{9B}31m",
    ]

    @Test(arguments: [Size.small, .large, .folded])
    func `whatever a name holds, it stays in its cells`(size: Size) {
        let listings = Self.hostile.map { name in
            ServiceListing(
                service: name,
                instances: [
                    ServiceInstance(
                        id: name, service: name, node: name, address: name, zone: name,
                        version: name, configVersion: name, health: .critical,
                        checks: [Check(id: name, name: name, status: .critical, output: name)])
                ])
        }
        let configs = Self.hostile.map {
            ConfigEntry(
                key: "config/\($0)/production", service: $0, environment: "production", version: $0,
                label: $0, digest: "d", fields: [ConfigField(name: $0, value: $0)])
        }
        let sagas = Self.hostile.map {
            Saga(id: "\($0)1", name: $0, state: .compensating, engineState: $0, ending: .second(1))
        }
        var world = world(
            environment: Self.hostile[0],
            [
                (1, .registry("consul/registry", .listed(listings))),
                (1, .config("consul/config", .listed(configs))),
                (1, .sagas("lra/sagas", .listed(sagas))),
                (1, .lost("zipkin/traces", Self.hostile[0] + Self.hostile[6])), (900, .tick),
            ])
        world.conclude(alerts)
        for keys in Self.keys {
            var ui = UIState()
            for key in keys { press(key, &ui, world) }
            for _ in 0..<Self.hostile.count {
                press("j", &ui, world)
                expectHarmless(Screen.draw(world, ui, size: size))
            }
        }
    }

    private var alerts: AlertReport {
        let texts = Self.hostile.map { Labels(["service": $0, "summary": $0, $0: $0]) }
        let rules = Self.hostile.map {
            RuleRecord(
                group: $0, file: $0, name: $0, expression: $0, labels: texts[0],
                annotations: texts[1], health: .err, error: $0)
        }
        let alerts = Self.hostile.indices.map { index in
            AlertRecord(
                fingerprint: Self.hostile[index], name: Self.hostile[index], labels: texts[index],
                annotations: texts[index], state: .firing, value: .nan, active: .second(1),
                evaluated: .second(2), rule: rules[index].id,
                points: .init(
                    start: .second(3), step: .milliseconds(index),
                    values: [nil, .nan, .infinity, -1e300, 1e300]))
        }
        return AlertReport(alerts: alerts, rules: rules, problems: Self.hostile)
    }

    private func expectHarmless(_ canvas: Canvas) {
        for y in 0..<canvas.size.height {
            for cell in canvas.row(y) where cell.scalar.value < 0x20 || cell.scalar.isSteering {
                Issue.record("\(cell.scalar.value) at row \(y)")
            }
        }
    }

    @Test func `ten thousand services: only the rows in sight are formatted`() {
        let listings = (0..<10_000).map { number in
            let digits = String(number)
            let name = "svc-" + String(repeating: "0", count: 5 - digits.count) + digits
            return ServiceListing(script: "\(name): a critical, b critical")
        }
        let world = world(
            watching: [FeedSource.usual[0]],
            [(1, .registry("consul/registry", .listed(listings)))])
        var list = ListState()
        let (counter, scene) = (Counter(), Scene(world, .view(.overview)))
        let section = Counted(counter: counter)
        list.mend(section, scene)
        list.select(5000, height: 20)
        let canvas = SectionDrawing(
            section: section, list: list, scene: scene,
            placed: Placed(kind: .services, x: 0, y: 0, size: Size(80, 22)), isFocused: true
        ).draw()
        #expect(counter.rows == 20)
        #expect(canvas.text.contains("row 5,001 of 10,000"))
        #expect(canvas.text.contains("svc-05000"))
    }

    @Test func `a service with all instances down is told as the benches read it`() {
        let instances = (0..<10).map { "i\($0) critical" }.joined(separator: ", ")
        let world = world(
            watching: [FeedSource.usual[0], FeedSource.usual[1]],
            [(1, .listed("svc-00042: \(instances)", "svc-00043: a passing"))])
        for size in [Size.small, .large, .folded] {
            let text = Screen.draw(world, UIState(), size: size).text
            #expect(text.contains(/svc-00042\s+0\/10\b/))
            #expect(text.contains("row 1 of 2"))
        }
    }
}

private final class Counter {
    var rows = 0
}

/// Counts the rows that are asked for.
private struct Counted: Section {
    let counter: Counter
    let services = ServiceRows()

    var order: String { services.order }
    var fields: [Field] { services.fields }
    func title(_ scene: Scene) -> String { services.title(scene) }
    func sum(_ scene: Scene) -> [Span] { services.sum(scene) }
    func rows(_ scene: Scene) -> Rows { services.rows(scene) }
    func columns(_ scene: Scene) -> [TableColumn] { services.columns(scene) }
    func searched(_ id: RowID, _ scene: Scene) -> String { services.searched(id, scene) }
    func emptiness(_ scene: Scene) -> String { services.emptiness(scene) }

    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? {
        services.measure(id, field, scene)
    }

    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row {
        counter.rows += 1
        return services.row(id, scene, list)
    }
}

extension Unicode.Scalar {
    /// Could change the terminal's state or the direction of writing.
    fileprivate var isSteering: Bool {
        (0x7F..<0xA0).contains(value) || (0x200B...0x200F).contains(value)
            || (0x202A...0x202E).contains(value) || (0x2060...0x206F).contains(value)
    }
}
