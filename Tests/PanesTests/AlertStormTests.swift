// AlertStormTests: more alerts of a name than anybody reads share a row, which opens and closes.
import Drawing
import Events
import TestKit
import Testing
import WorldModel

@testable import Panes

struct AlertStormTests {
    private static let pods = RowID.alerts(AlertGroup.ID("PodNotReady"))

    /// So many of one name, beside what fires in the night in question.
    private func stormy(
        _ count: Int, at second: Int = 640, then more: [(second: Int, event: Event)] = []
    ) -> World {
        var world = incident(then: more)
        storm(count, at: second, in: &world)
        return world
    }

    private func storm(_ count: Int, at second: Int = 640, in world: inout World) {
        var report = Alarm.storm(count, at: second)
        report.alerts += [Alarm.critical, Alarm.stuck]
        world.conclude(report)
    }

    /// Somebody has the first ones of the storm.
    private func held(_ count: Int, by person: Person = .bo) -> (second: Int, event: Event) {
        let ledgers = (0..<count).map { number in
            var ledger = AlertLedger(
                "PodNotReady", [:], [(600, .ana, .fires), (640, person, .has(until: 2200))])
            ledger.fingerprint = String(number, radix: 16)
            return ledger
        }
        return (646, .store(.listed(ledgers: ledgers, mutes: [])))
    }

    private func alertsView(_ world: World) -> UIState {
        var ui = UIState()
        ui.viewer = .ana
        press("7", &ui, world)
        return ui
    }

    private func rows(_ ui: UIState) -> [RowID] { ui.page.lists[.alerts]?.rows.ids ?? [] }

    @Test(arguments: [Size.small, .large, .folded])
    func `one row says how many, how bad, where, since when and who has them`(size: Size) throws {
        let world = stormy(957, then: [held(12)])
        var ui = UIState()
        _ = ui.update(.key(.character("7")), world: world, size: size)
        try expectSnapshot(
            Screen.draw(world, ui, size: size), named: "storm-folded-\(size.width)x\(size.height)")
    }

    @Test(arguments: [Size.small, .large, .folded])
    func `Enter opens the group below its row`(size: Size) throws {
        let world = stormy(957, then: [held(12)])
        var ui = UIState()
        for key in [Key.character("7"), .enter] {
            _ = ui.update(.key(key), world: world, size: size)
        }
        try expectSnapshot(
            Screen.draw(world, ui, size: size), named: "storm-open-\(size.width)x\(size.height)")
    }

    @Test func `small numbers have a row each`() {
        let world = stormy(8)
        #expect(rows(alertsView(world)).count == 10)
        #expect(rows(alertsView(stormy(9))).count == 3)
    }

    @Test func `one alert that comes and goes does not fold and unfold a group`() {
        var world = stormy(9)
        storm(7, at: 641, in: &world)
        #expect(rows(alertsView(world)).count == 3)
        storm(5, at: 642, in: &world)
        #expect(rows(alertsView(world)).count == 7)
    }

    @Test func `critical ones stand before warnings, and a group where its loudest stands`() {
        // The first of the storm is critical, but older than what else is.
        let ui = alertsView(stormy(20, at: 400))
        #expect(
            rows(ui) == [.alert(Alarm.critical.id), .alert(Alarm.stuck.id), Self.pods])
    }

    @Test func `Esc closes the group one is in, then leaves the view`() {
        let world = stormy(957)
        var ui = alertsView(world)
        #expect(ui.selected(in: world) == Self.pods)
        press(.enter, &ui, world)
        #expect(rows(ui).count == 960)
        for _ in 1...5 { press("j", &ui, world) }
        press(.enter, &ui, world)
        guard case .alert = ui.place else {
            Issue.record("\(ui.place)")
            return
        }
        press(.escape, &ui, world)
        #expect(rows(ui).count == 960)
        press(.escape, &ui, world)
        #expect(rows(ui).count == 3 && ui.selected(in: world) == Self.pods)
        press(.escape, &ui, world)
        #expect(ui.place == .view(.overview))
    }

    @Test func `a filter looks through what is folded, and Esc folds it again`() {
        let world = stormy(957)
        var ui = alertsView(world)
        type("/pod-95", &ui, world)
        press(.enter, &ui, world)
        #expect(rows(ui).count == 8)
        press(.escape, &ui, world)
        #expect(rows(ui).count == 3)
    }

    @Test func `sorted by a column each stands for itself`() {
        let world = stormy(957)
        var ui = alertsView(world)
        press(">", &ui, world)
        #expect(rows(ui).count == 959)
    }

    @Test func `a row that was chosen is not folded away`() {
        var world = stormy(8)
        var ui = alertsView(world)
        press("G", &ui, world)
        let chosen = ui.selected(in: world)
        storm(600, at: 650, in: &world)
        world.apply(Envelope(sequence: 9_999, at: .second(700), event: .tick))
        ui.look(at: world)
        #expect(ui.selected(in: world) == chosen)
        #expect(rows(ui).contains(Self.pods) && rows(ui).count == 603)
    }

    @Test func `a asks with the count, and leaves others what is theirs`() {
        let world = stormy(957, then: [held(12)])
        var ui = alertsView(world)
        #expect(ui.update(.key(.character("a")), world: world, size: .large).isEmpty)
        let text = Screen.draw(world, ui, size: .large).text
        #expect(text.contains("acknowledge 945 alerts; 12 that others have stay theirs?"))
        let intents = ui.update(.key(.character("y")), world: world, size: .large)
        guard case .order(.acknowledge, let fingerprints)? = intents.first, intents.count == 1
        else {
            Issue.record("\(intents)")
            return
        }
        #expect(Set(fingerprints).count == 945)
        #expect(Screen.draw(world, ui, size: .large).text.contains("acking…"))
    }

    @Test func `a group and one of its alerts marked are not asked for twice`() {
        let world = stormy(20)
        var ui = alertsView(world)
        press(.enter, &ui, world)
        press(" ", &ui, world)
        press(" ", &ui, world)
        press("a", &ui, world)
        #expect(Screen.draw(world, ui, size: .large).text.contains("acknowledge 20 alerts?"))
    }

    @Test func `on a service's card its own alerts are not folded`() {
        var world = incident()
        world.conclude(Alarm.storm(4000))
        var ui = UIState()
        ui.push(.about(.alerts, "svc-7"))
        ui.look(at: world)
        #expect(rows(ui).count == 8)
    }
}
