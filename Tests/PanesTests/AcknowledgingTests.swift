// AcknowledgingTests: what keys ask of the alert store, what is asked before, and what is shown.
import Drawing
import Events
import TestKit
import Testing
import WorldModel

@testable import Panes

struct AcknowledgingTests {
    private var ui = {
        var ui = UIState()
        ui.viewer = .ana
        return ui
    }()

    /// The night in question, with what happened to its alerts.
    private func world(
        _ history: [(second: Int, by: Person, deed: LedgerEntry.Deed)] = [], mutes: [Mute] = []
    ) -> World {
        var ledger = AlertLedger("InstanceCritical", [:], history)
        ledger.fingerprint = Alarm.critical.fingerprint
        ledger.labels = Alarm.critical.labels
        let store = Event.store(.listed(ledgers: [ledger], mutes: mutes))
        return alarmed(then: [(646, store)])
    }

    private func alertsView(_ world: World) -> UIState {
        var ui = ui
        press("7", &ui, world)
        return ui
    }

    @Test func `a acknowledges for as long as the policy says, and waits for the store`() {
        let world = world([(610, .ana, .fires)])
        var ui = alertsView(world)
        let intents = ui.update(.key(.character("a")), world: world, size: .small)
        let end = world.now + .seconds(1800)
        #expect(
            intents == [
                .order(
                    .acknowledge(until: end, note: "", takesOver: false),
                    on: [Alarm.critical.fingerprint])
            ])
        #expect(Screen.draw(world, ui, size: .small).text.contains("acking…"))
        ui.answered(.written(1, late: 0), of: [Alarm.critical.fingerprint], in: world)
        #expect(!Screen.draw(world, ui, size: .small).text.contains("acking…"))
    }

    @Test func `who has it and for how long stands in every list and on the card`() {
        let world = world([(610, .ana, .fires), (640, .bo, .has(until: 2200, note: "on it"))])
        var ui = alertsView(world)
        let text = Screen.draw(world, ui, size: .large).text
        #expect(text.contains("bo, 25m left"))
        #expect(text.contains("1 firing · 1 pending · 1 resolved · 1 acked"))
        let overview = Screen.draw(world, self.ui, size: .large).text
        #expect(overview.contains("bo, 25m left"))
        #expect(overview.contains("1 acked"))
        selectCritical(&ui, world)
        press(.enter, &ui, world)
        let card = Screen.draw(world, ui, size: .large).text
        #expect(card.contains("bo@laptop has it for 26m: on it"))
        #expect(card.contains("seen before"))
    }

    @Test func `what somebody has fires still, under a sign of its own`() {
        var world = world([(610, .ana, .fires), (640, .bo, .has(until: 2200))])
        world.conclude(AlertReport(alerts: [Alarm.critical], rules: Alarm.rules))
        let text = Screen.draw(world, alertsView(world), size: .small).text
        #expect(!text.contains("nothing fires"))
        #expect(text.contains("◆ critical  InstanceCritical"))
    }

    @Test func `the last five minutes are said in words`() {
        let world = world([(610, .ana, .fires), (620, .bo, .has(until: 900))])
        let text = Screen.draw(world, alertsView(world), size: .large).text
        #expect(text.contains("bo, ends in 4m"))
    }

    @Test func `an acknowledgement that is over says why`() {
        let world = world([(610, .ana, .fires), (620, .bo, .has(until: 640))])
        #expect(Screen.draw(world, alertsView(world), size: .large).text.contains("ack expired"))
    }

    @Test func `what another one has asks: take over, a note, or leave it`() {
        let world = world([(610, .ana, .fires), (640, .bo, .has(until: 2200, note: "on it"))])
        var ui = alertsView(world)
        selectCritical(&ui, world)
        #expect(ui.update(.key(.character("a")), world: world, size: .small).isEmpty)
        let text = Screen.draw(world, ui, size: .small).text
        #expect(text.contains("bo@laptop has InstanceCritical"))
        #expect(text.contains("t take it over"))
        var other = ui
        #expect(other.update(.key(.escape), world: world, size: .small).isEmpty)
        let taken = ui.update(.key(.character("t")), world: world, size: .small)
        guard case .order(.acknowledge(_, _, let takesOver), _)? = taken.first else {
            Issue.record("\(taken)")
            return
        }
        #expect(takesOver)
    }

    @Test func `several are marked with Space, counted and asked for at once`() {
        let world = world()
        var ui = alertsView(world)
        press(" ", &ui, world)
        press(" ", &ui, world)
        #expect(ui.update(.key(.character("a")), world: world, size: .small).isEmpty)
        #expect(Screen.draw(world, ui, size: .small).text.contains("acknowledge 2 alerts?"))
        let intents = ui.update(.key(.character("y")), world: world, size: .small)
        guard case .order(_, let fingerprints)? = intents.first else {
            Issue.record("\(intents)")
            return
        }
        #expect(fingerprints.count == 2)
    }

    @Test func `A takes a time and a note`() {
        let world = world([(610, .ana, .fires)])
        var ui = alertsView(world)
        press("A", &ui, world)
        for character in "2h rolling back" {
            press(.character(character), &ui, world)
        }
        let intents = ui.update(.key(.enter), world: world, size: .small)
        let end = world.now + .seconds(7200)
        #expect(
            intents == [
                .order(
                    .acknowledge(until: end, note: "rolling back", takesOver: false),
                    on: [Alarm.critical.fingerprint])
            ])
    }

    @Test(arguments: ["0s x", "45min", "2hrs rolling back"])
    func `a time that is none is no note`(text: String) {
        let world = world([(610, .ana, .fires)])
        var ui = alertsView(world)
        press("A", &ui, world)
        for character in text { press(.character(character), &ui, world) }
        #expect(ui.update(.key(.enter), world: world, size: .small).isEmpty)
        #expect(Screen.draw(world, ui, size: .small).text.contains("for how long?"))
    }

    @Test func `after an order the next key is for the same alert, wherever it stands then`() {
        let before = world([(610, .ana, .fires)])
        var ui = alertsView(before)
        press("a", &ui, before)
        let after = world([(610, .ana, .fires), (640, .ana, .has(until: 2400, note: ""))])
        ui.look(at: after)
        #expect(ui.selected(in: after) == ui.selected(in: before))
        #expect(ui.selected(in: after).map { "\($0)" }?.contains("none") == false)
    }

    @Test func `a mute shows what it matches, and wants an end and a reason`() {
        let world = world()
        var ui = alertsView(world)
        press("m", &ui, world)
        _ = ui.update(.key(.control("u")), world: world, size: .small)
        for character in "service=payment" { press(.character(character), &ui, world) }
        #expect(Screen.draw(world, ui, size: .small).text.contains("matches 3 alerts now"))
        #expect(ui.update(.key(.enter), world: world, size: .small).isEmpty)
        #expect(Screen.draw(world, ui, size: .small).text.contains("for how long?"))
        for character in " 2h deploying" { press(.character(character), &ui, world) }
        #expect(
            ui.update(.key(.enter), world: world, size: .small) == [
                .mute(
                    [LabelMatcher("service", "payment")],
                    until: world.now + .seconds(7200), comment: "deploying")
            ])
    }

    @Test func `mutes have a view of their own, and U ends one`() {
        let mute = Mute(
            id: "m1", matchers: [LabelMatcher("service", "payment")], start: .second(600),
            until: .second(4200), by: .bo, comment: "deploying v43")
        let world = world([(610, .ana, .fires)], mutes: [mute])
        var ui = ui
        press("9", &ui, world)
        let text = Screen.draw(world, ui, size: .large).text
        #expect(text.contains(/service="payment" +.*59m left +1 +bo@laptop +deploying v43/))
        #expect(ui.update(.key(.character("U")), world: world, size: .large) == [.unmute("m1")])
    }

    @Test func `on a service the key is for all that fires of it`() {
        let world = world([(610, .ana, .fires)])
        var ui = ui
        ui.push(.service("payment"))
        ui.look(at: world)
        #expect(ui.update(.key(.character("a")), world: world, size: .small).isEmpty)
        #expect(Screen.draw(world, ui, size: .small).text.contains("acknowledge 2 alerts?"))
    }

    @Test func `on a service's card what somebody has is not called pending`() {
        let world = world([(610, .ana, .fires), (640, .bo, .has(until: 2200))])
        var ui = ui
        ui.push(.service("payment"))
        ui.look(at: world)
        let text = Screen.draw(world, ui, size: .large).text
        #expect(text.contains("1 firing · 1 pending · 1 acked or muted"))
    }

    @Test func `pending and resolved ones cannot be had`() {
        let world = world()
        var ui = alertsView(world)
        press("G", &ui, world)
        #expect(ui.update(.key(.character("a")), world: world, size: .small).isEmpty)
        #expect(Screen.draw(world, ui, size: .small).text.contains("it is resolved"))
    }

    @Test func `a store that is lost is said on top`() {
        let world = alarmed(then: [(646, .store(.lost(reason: "the disk is full")))])
        #expect(Screen.draw(world, ui, size: .large).text.contains("alert store lost"))
    }

    @Test func `what is damaged in it is said on top, and which among the problems`() {
        let world = alarmed(then: [(646, .store(.remarked(["team/a is no document of ours"])))])
        var ui = UIState()
        #expect(Screen.draw(world, ui, size: .large).text.contains("alert store damaged"))
        press("8", &ui, world)
        #expect(Screen.draw(world, ui, size: .large).text.contains("team/a is no document of ours"))
    }

    @Test func `hostile notes are harmless`() {
        let note = "\u{1B}]0;x\u{7}\u{202E}\nsecond line"
        let world = world([(610, .ana, .fires), (640, .bo, .has(until: 2200, note: note))])
        var ui = alertsView(world)
        selectCritical(&ui, world)
        press(.enter, &ui, world)
        let text = Screen.draw(world, ui, size: .large).text
        #expect(text.contains("second line"))
        #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
    }

    private func selectCritical(_ ui: inout UIState, _ world: World) {
        for _ in 0..<4 where ui.selected(in: world) != .alert(Alarm.critical.id) {
            press("j", &ui, world)
        }
    }
}
