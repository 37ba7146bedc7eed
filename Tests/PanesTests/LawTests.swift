// The laws: never move the user, never lie, never trust remote text.
import Drawing
import Events
import TestKit
import Testing
import WorldModel

@testable import Panes

struct LawTests {
    private static let six = (1...6).map { "s\($0): a passing, b passing" }

    private func fleet(then more: [(second: Int, event: Event)] = []) -> World {
        let listing = RegistryEvent.listed(Self.six.map(ServiceListing.init(script:)))
        return world(
            watching: [FeedSource.usual[0]],
            [(1, .registry("consul/registry", listing)), (1, .answered("consul/registry"))] + more)
    }

    private func line(of name: String, in canvas: Canvas) -> Int? {
        canvas.text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
            $0.contains(" \(name) ")
        }
    }

    private func selectedLine(_ canvas: Canvas) -> String? {
        (0..<canvas.size.height).first { y in
            canvas.row(y).contains { $0.ground == .selection }
        }.map { y in
            String(String.UnicodeScalarView(canvas.row(y).map(\.scalar)))
        }
    }

    @Test func `while nobody moved, the sickest stays in the first row`() {
        var ui = UIState()
        ui.look(at: fleet())
        let later = fleet(then: [(2, .changed("s5: a critical, b passing"))])
        ui.look(at: later)
        let canvas = Screen.draw(later, ui, size: .small)
        #expect(ui.selected(in: later) == .service("s5"))
        #expect(selectedLine(canvas)?.contains("s5") == true)
    }

    @Test func `the selection stays on its service, and on its line, through a re-sort`() {
        var ui = UIState()
        let before = fleet()
        for _ in 1...3 { press("j", &ui, before) }
        let line = line(of: "s4", in: Screen.draw(before, ui, size: .small))
        let after = fleet(then: [
            (5, .changed("s6: a critical, b passing")), (5, .changed("s5: a critical, b critical")),
        ])
        ui.look(at: after)
        let canvas = Screen.draw(after, ui, size: Size(80, 9))
        #expect(ui.selected(in: after) == .service("s4"))
        #expect(selectedLine(canvas)?.contains("s4") == true)
        #expect(canvas.text.contains("row 6 of 6"))
        #expect(line != nil)
    }

    @Test func `the order stands still until two seconds after the last move`() {
        var ui = UIState()
        let before = fleet(then: [(10, .tick)])
        press("j", &ui, before)
        let sick: (second: Int, event: Event) = (11, .changed("s6: a critical, b passing"))
        let soon = fleet(then: [(10, .tick), sick])
        ui.look(at: soon)
        #expect(line(of: "s6", in: Screen.draw(soon, ui, size: .small)) == 8)
        let later = fleet(then: [(10, .tick), sick, (12, .tick)])
        ui.look(at: later)
        // Above the selection, which has kept its line: the window begins at the selected row's place.
        #expect(ui.selected(in: later) == .service("s2"))
        #expect(Screen.draw(later, ui, size: .small).text.contains("row 3 of 6"))
    }

    @Test func `an order that stands still shows states as they are`() {
        var ui = UIState()
        let before = fleet(then: [(10, .tick)])
        press("j", &ui, before)
        let soon = fleet(then: [(10, .tick), (11, .changed("s6: a critical, b critical"))])
        ui.look(at: soon)
        let text = Screen.draw(soon, ui, size: .small).text
        #expect(text.contains("▲ s6"))
        #expect(text.contains("0/2"))
    }

    @Test func `back finds filter, sort, selection and scroll as they were`() {
        var ui = UIState()
        let world = fleet()
        for key in ["j", "j", ">", ">"] { press(Character(key), &ui, world) }
        type("/s", &ui, world)
        press(.enter, &ui, world)
        let before = Screen.draw(world, ui, size: .small)
        press(.enter, &ui, world)
        #expect(ui.place == .service("s3"))
        press(.escape, &ui, world)
        #expect(Screen.draw(world, ui, size: .small) == before)
    }

    @Test func `the header says for how long nothing is recorded, the message line why`() {
        var ui = UIState()
        ui.note(unrecorded: "the disk is full", at: .second(1))
        let full = Screen.draw(fleet(), ui, size: .small).text
        #expect(full.contains("● nothing is recorded") && full.contains("the disk is full"))
        press("j", &ui, fleet())
        ui.note(unrecorded: "the disk is full", at: .second(2))
        let later = Screen.draw(fleet(), ui, size: .small).text
        #expect(later.contains("● nothing is recorded") && !later.contains("the disk is full"))
        ui.note(unrecorded: nil, at: .second(3))
        let again = Screen.draw(fleet(), ui, size: .small).text
        #expect(!again.contains("nothing is recorded") && again.contains("recorded again"))
    }

    @Test func `the header says for how long a broken configuration is not taken`() {
        var ui = UIState()
        ui.note(unread: "clawtop.yaml:1:1: unknown key", at: .second(1))
        let broken = Screen.draw(fleet(), ui, size: .small).text
        #expect(broken.contains("● configuration not taken"))
        #expect(broken.contains("not taken: clawtop.yaml:1:1: unknown key"))
        press("j", &ui, fleet())
        #expect(Screen.draw(fleet(), ui, size: .small).text.contains("configuration not taken"))
        ui.note(unread: nil, at: .second(3))
        #expect(!Screen.draw(fleet(), ui, size: .small).text.contains("not taken"))
    }

    @Test func `what is said while somebody types is there when they are done`() {
        var ui = UIState()
        type("/s", &ui, fleet())
        ui.say("the store is back", isWarning: false, at: .second(1))
        type("3", &ui, fleet())
        press(.escape, &ui, fleet())
        #expect(Screen.draw(fleet(), ui, size: .small).text.contains("the store is back"))
        press("j", &ui, fleet())
        #expect(!Screen.draw(fleet(), ui, size: .small).text.contains("the store is back"))
    }

    @Test func `Esc takes a filter away and brings the selection back`() {
        var ui = UIState()
        let world = fleet()
        for _ in 1...3 { press("j", &ui, world) }
        let before = Screen.draw(world, ui, size: .small)
        type("/s6", &ui, world)
        press(.enter, &ui, world)
        #expect(ui.selected(in: world) == .service("s6"))
        press(.escape, &ui, world)
        #expect(Screen.draw(world, ui, size: .small) == before)
    }

    @Test func `one comes back to the service that one opened, wherever it stands now`() {
        var ui = UIState()
        press(.enter, &ui, fleet())
        #expect(ui.place == .service("s1"))
        let later = fleet(then: [(30, .changed("s5: a critical, b passing"))])
        ui.look(at: later)
        press(.escape, &ui, later)
        #expect(ui.selected(in: later) == .service("s1"))
    }

    @Test func `what is sicker above the window is counted`() {
        let names = (10...60).map { "s\($0): a passing" }
        let listing = RegistryEvent.listed(names.map(ServiceListing.init(script:)))
        let start: (second: Int, event: Event) = (1, .registry("consul/registry", listing))
        var ui = UIState()
        let before = world(watching: [FeedSource.usual[0]], [start])
        press("G", &ui, before)
        let sick: [(second: Int, event: Event)] = (50...53).map {
            (9, .changed("s\($0): a critical"))
        }
        let after = world(watching: [FeedSource.usual[0]], [start] + sick)
        ui.look(at: after)
        #expect(Screen.draw(after, ui, size: .small).text.contains("▲ 4 sick above"))
        press("g", &ui, after)
        #expect(!Screen.draw(after, ui, size: .small).text.contains("sick above"))
    }

    @Test func `steps over the edge move the window by a quarter, down and up`() {
        let names = (10...60).map { "s\($0): a passing" }
        let fleet = world(
            watching: [FeedSource.usual[0]],
            [(1, .registry("consul/registry", .listed(names.map(ServiceListing.init(script:)))))])
        var ui = UIState()
        func windows(_ keys: String) -> [Int] {
            var seen: [Int] = []
            for key in keys {
                press(key, &ui, fleet)
                let canvas = Screen.draw(fleet, ui, size: .small)
                #expect(selectedLine(canvas) != nil)
                let first = (10...60).first { line(of: "s\($0)", in: canvas) != nil } ?? 0
                if first != seen.last { seen.append(first) }
            }
            return seen
        }
        let down = windows(String(repeating: "j", count: 50))
        let stride = down[1] - down[0]
        #expect(stride > 1)
        #expect(zip(down, down.dropFirst()).dropLast().allSatisfy { $1 - $0 == stride })
        #expect(ui.selected(in: fleet) == .service("s60"))
        let up = windows(String(repeating: "k", count: 50))
        #expect(up.count == down.count && up.last == 10)
    }

    @Test func `a pause freezes the picture and counts what happens`() {
        var ui = UIState()
        let before = fleet(then: [(10, .tick)])
        press("p", &ui, before)
        let after = fleet(then: [
            (10, .tick), (52, .changed("s6: a critical, b critical")), (52, .tick),
        ])
        ui.look(at: after)
        let text = Screen.draw(after, ui, size: .small).text
        #expect(text.contains("PAUSED 00:42, 2 changes"))
        #expect(!text.contains("▲ s6"))
        press("p", &ui, after)
        #expect(Screen.draw(after, ui, size: .small).text.contains("▲ s6"))
    }

    @Test func `a source that is lost is said, and nothing it told is healthy`() {
        let world = fleet(then: [(60, .lost("consul/registry", "refused")), (120, .tick)])
        let text = Screen.draw(world, UIState(), size: Size(100, 24)).text
        #expect(text.contains("▲ blind: consul 1m00s"))
        #expect(text.contains("blind since 00:01:00: refused"))
        #expect(text.contains("? s1"))
    }

    @Test func `worlds that nobody watches have no columns`() {
        let text = Screen.draw(fleet(), UIState(), size: Size(120, 24)).text
        #expect(!text.contains("REQ/S  ") && !text.contains("SAGAS") && !text.contains("CONFIG"))
        #expect(text.contains("INSTANCES"))
    }

    @Test func `wheel and click select without moving what is seen`() {
        var ui = UIState()
        let world = fleet()
        _ = ui.update(.click(x: 5, y: 5), world: world, size: .small)
        #expect(ui.selected(in: world) == .service("s3"))
        _ = ui.update(.click(x: 5, y: 2), world: world, size: .small)
        #expect(Screen.draw(world, ui, size: .small).text.contains("by service"))
        _ = ui.update(.wheel(rows: 3, x: 5, y: 5), world: world, size: .small)
        #expect(ui.selected(in: world) == .service("s3"))
    }
}

/// Presses a key on a small screen.
func press(_ key: Key, _ ui: inout UIState, _ world: World) {
    _ = ui.update(.key(key), world: world, size: .small)
}

func press(_ character: Character, _ ui: inout UIState, _ world: World) {
    press(.character(character), &ui, world)
}

func type(_ text: String, _ ui: inout UIState, _ world: World) {
    for character in text { press(character, &ui, world) }
}
