// Keys, the palette, filters: what is typed and what it does.
import Drawing
import Events
import Foundation
import TestKit
import Testing
import WorldModel

@testable import Panes

struct KeyTests {
    @Test func `no key means two things in one place`() {
        for context in KeyContext.allCases {
            let keys = KeyTable.bindings.filter { $0.context == context }.flatMap(\.keys)
            #expect(Set(keys).count == keys.count, "\(context)")
        }
    }

    @Test func `views have the numbers of the README`() {
        #expect(KeySection.markdown.contains("| `6` | the view feeds |"))
        #expect(KeySection.markdown.contains("| `7` | the view alerts |"))
        #expect(KeySection.markdown.contains("| `8` | the view rules |"))
        #expect(KeySection.markdown.contains("| `Ctrl-c` | quit |"))
    }

    @Test func `the README has all keys`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let file = folder.appending(path: "../../README.md").standardized
        let text = try String(contentsOf: file, encoding: .utf8)
        let (begin, end) = ("## All keys\n\n", "\n## ")
        let start = try #require(text.range(of: begin)).upperBound
        let stop = try #require(text.range(of: end, range: start..<text.endIndex)).lowerBound
        if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
            let all = text[..<start] + KeySection.markdown + text[stop...]
            try String(all).write(to: file, atomically: true, encoding: .utf8)
        } else {
            let isEqual = text[start..<stop] == KeySection.markdown
            #expect(isEqual, "if a key was changed on purpose, run .ci/accept-snapshots")
        }
    }

    @Test(arguments: [20, 40, 60, 80, 160])
    func `the first six hints are always there`(width: Int) {
        let line = HintLine.draw(
            [.anywhere, .overview, .list, .service], Scene(incident(), .view(.overview)),
            width: width
        ).text
        for key in ["⏎", "/", "e", "p", "?", "q"] { #expect(line.contains(key)) }
    }

    @Test func `q closes a page, and quits on the first one`() {
        var ui = UIState()
        let world = incident()
        press("4", &ui, world)
        #expect(ui.place == .view(.sagas))
        #expect(ui.update(.key(.character("q")), world: world, size: .small).isEmpty)
        #expect(ui.update(.key(.character("q")), world: world, size: .small) == [.quit])
        press("/", &ui, world)
        #expect(ui.update(.key(.control("c")), world: world, size: .small) == [.quit])
    }

    @Test func `the selected service's traces, config, sagas and callers are one key away`() {
        let places: [Character: Place] = [
            "t": .about(.traces, "payment"), "C": .about(.config, "payment"),
            "S": .about(.sagas, "payment"), "v": .dependencies("payment"),
        ]
        for (key, place) in places {
            var ui = UIState()
            press(key, &ui, incident())
            #expect(ui.place == place)
            press(.escape, &ui, incident())
            #expect(ui.place == .view(.overview))
        }
    }

    @Test func `y copies what is selected`() {
        var ui = UIState()
        let world = incident()
        #expect(
            ui.update(.key(.character("y")), world: world, size: .small) == [.copy("payment")])
    }

    @Test(arguments: [
        (":q", [Intent.quit]), (":theme light", [.theme("light")]), (":thl", [.theme("light")]),
        (":set mouse off", [.mouse(false)]), (":refresh", [.refresh]),
        (":incident slow-payment", [.incident("slow-payment")]),
        (":incident none", [.incident(nil)]),
    ])
    func `commands run by name, and by a few of its letters`(typed: String, intents: [Intent]) {
        var ui = UIState(themes: ["dark", "light"], isDemo: true)
        let world = incident()
        type(typed, &ui, world)
        #expect(ui.update(.key(.enter), world: world, size: .small) == intents)
    }

    @Test func `the palette remembers`() {
        var ui = UIState()
        let world = incident()
        type(":sagas", &ui, world)
        press(.enter, &ui, world)
        #expect(ui.place == .view(.sagas))
        press(":", &ui, world)
        press(.up, &ui, world)
        #expect(Screen.draw(world, ui, size: .small).text.contains(":sagas▏"))
    }

    @Test func `a command that does not exist is said`() {
        var ui = UIState(themes: ["dark"])
        let world = incident()
        type(":theme drak", &ui, world)
        press(.enter, &ui, world)
        #expect(ui.message?.text == "no command :theme drak; did you mean theme dark?")
    }

    @Test func `the incident menu is only in the demonstration`() {
        var ui = UIState(isDemo: true)
        let world = incident()
        press("!", &ui, world)
        press("j", &ui, world)
        let intents = ui.update(.key(.enter), world: world, size: .small)
        #expect(intents == [.incident("crashed-instance")])
        var other = UIState()
        press("!", &other, world)
        #expect(other.update(.key(.enter), world: world, size: .small).isEmpty)
    }

    @Test func `e goes round the sick rows`() {
        var ui = UIState()
        let world = world(
            watching: [FeedSource.usual[0]],
            [(1, .listed("a: x critical", "b: x critical", "c: x passing"))])
        press("e", &ui, world)
        #expect(ui.selected(in: world) == .service("b"))
        press("e", &ui, world)
        #expect(ui.selected(in: world) == .service("a"))
        press("E", &ui, world)
        #expect(ui.selected(in: world) == .service("b"))
    }

    @Test func `Enter unfolds a tree, and folds it`() throws {
        var ui = UIState()
        let world = incident()
        press("2", &ui, world)
        press(.enter, &ui, world)
        press("j", &ui, world)
        press(.enter, &ui, world)
        let picture = Screen.draw(world, ui, size: .small)
        try expectSnapshot(picture, named: "registry-unfolded")
        press(.enter, &ui, world)
        press("k", &ui, world)
        press(.enter, &ui, world)
        #expect(Screen.draw(world, ui, size: .small).text.contains("row 1 of 5"))
    }

    @Test func `instances of one id are told apart by their nodes`() {
        func listed(_ nodes: [String], id: String) -> ServiceListing {
            let instances = nodes.map {
                ServiceInstance(id: id, service: id, node: $0, health: .critical, checks: [])
            }
            return ServiceListing(service: id, instances: instances)
        }
        let listings = [listed(["n1", "n2"], id: "agent"), listed(["n1"], id: "cart")]
        let world = world([(1, .registry("consul/registry", .listed(listings)))])
        var ui = UIState()
        press("2", &ui, world)
        press(.enter, &ui, world)
        let text = Screen.draw(world, ui, size: .small).text
        #expect(text.contains("n1/agent ") && text.contains("n2/agent "))
        #expect(!text.contains("n1/cart"))
    }
}

struct FilterTests {
    private func shown(_ filter: String) -> [String] {
        var ui = UIState()
        let world = incident()
        type("/\(filter)", &ui, world)
        press(.enter, &ui, world)
        let list = ui.page.lists[.services]
        return (list?.rows.ids ?? []).compactMap {
            if case .service(let name) = $0 { name } else { nil }
        }
    }

    @Test(arguments: [
        ("PAY", ["payment"]), ("/^in.*ory/", ["inventory"]), ("!e", ["shipping"]),
        ("p99>500ms", ["payment"]), ("p99<500ms", []), ("!p99>500ms", []), ("err>1", ["payment"]),
        ("up<100%", ["payment", "shipping"]), ("age<2h", ["payment"]),
        ("up<100% !pay", ["shipping"]),
        ("health=critical", ["payment"]),
    ])
    func `filters keep what they hold for, and nothing of which they cannot tell`(
        filter: String, services: [String]
    ) {
        #expect(shown(filter) == services)
    }

    @Test(arguments: [
        ("p98>500ms", "no field p98 here; did you mean p95?"),
        ("p99>fast", "p99 wants a duration, as in p99>500ms"),
        ("/(/", "/(/ is no regular expression: missing ): (?is).*(?:().*"),
    ])
    func `a bad filter says why, and the old result stays`(filter: String, why: String) {
        var ui = UIState()
        let world = incident()
        type("/pay", &ui, world)
        press(.enter, &ui, world)
        press("/", &ui, world)
        press(.control("u"), &ui, world)
        type(filter, &ui, world)
        let text = Screen.draw(world, ui, size: Size(120, 24)).text
        #expect(text.contains(why))
    }

    @Test func `a text is searched, not filtered`() {
        var ui = UIState()
        let world = incident()
        press("?", &ui, world)
        type("/commands", &ui, world)
        press(.enter, &ui, world)
        press("n", &ui, world)
        #expect(Screen.draw(world, ui, size: Size(80, 12)).text.contains("all commands by name"))
    }
}
