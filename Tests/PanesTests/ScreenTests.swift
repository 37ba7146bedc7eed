// The screens of an incident, as pictures at three sizes.
import Drawing
import Events
import TestKit
import Testing
import WorldModel

@testable import Panes

struct ScreenTests {
    @Test(arguments: [Size.small, .large, .folded])
    func `the overview joins what every world knows`(size: Size) throws {
        try expectSnapshot(
            Screen.draw(incident(), UIState(), size: size),
            named: "overview-\(size.width)x\(size.height)")
    }

    @Test(arguments: [Size.small, .large, .folded])
    func `the card tells all of one service`(size: Size) throws {
        try expectPicture(of: .enter, size: size, named: "card")
    }

    @Test(arguments: ["2", "3", "4", "5", "6", "D", "?", "v", "d"] as [Character])
    func `each view is a picture`(key: Character) throws {
        try expectPicture(of: .character(key), size: .small, named: "key-\(key.name)")
    }

    @Test(arguments: ["2", "5"] as [Character])
    func `wide views show what is known of the selected service`(key: Character) throws {
        try expectPicture(of: .character(key), size: .large, named: "key-\(key.name)")
    }

    @Test func `the first frame comes before anything is known`() throws {
        try expectSnapshot(Screen.draw(World(), UIState(), size: .small), named: "first-frame")
    }

    @Test func `a registry alone gets all the room`() throws {
        let world = world(
            watching: [FeedSource.usual[0]],
            [
                (1, .registry("consul/registry", .listed(Fleet.healthy))),
                (1, .answered("consul/registry", "12 instances")),
                (10, .registry("consul/registry", .changed([Fleet.broken], gone: []))),
                (12, .tick),
            ])
        try expectSnapshot(
            Screen.draw(world, UIState(), size: Size(120, 30)), named: "registry-alone")
    }

    @Test func `a wall of a screen is used`() throws {
        try expectSnapshot(
            Screen.draw(incident(), UIState(), size: Size(250, 70)), named: "overview-250x70")
    }

    @Test(arguments: [":th", "/p98>5", "!", "/nothing"])
    func `what one types stands above the hints`(typed: String) throws {
        var ui = UIState(themes: ["dark", "light"], isDemo: true)
        type(typed, &ui, incident())
        let name = ["palette", "bad-filter", "incidents", "no-match"][
            [":th", "/p98>5", "!", "/nothing"].firstIndex(of: typed) ?? 0]
        try expectSnapshot(Screen.draw(incident(), ui, size: .small), named: name)
    }

    @Test func `a saga is told with its steps`() throws {
        var ui = UIState()
        press("4", &ui, incident())
        press(.enter, &ui, incident())
        try expectSnapshot(Screen.draw(incident(), ui, size: .small), named: "saga-80x24")
    }

    @Test func `a key unfolds into its fields`() throws {
        var ui = UIState()
        press("3", &ui, incident())
        press(.enter, &ui, incident())
        try expectSnapshot(Screen.draw(incident(), ui, size: .small), named: "config-unfolded")
    }

    @Test(arguments: [Size.small, .large])
    func `what is kept between two frames changes no picture`(size: Size) {
        let worlds = [
            incident(), incident(then: [(1000, .changed("cart: a critical, b passing"))]),
            alarmed(then: [(1000, .changed("cart: a critical, b passing"))]),
            alarmed(then: [(2000, .changed("cart: a critical, b critical")), (2001, .tick)]),
        ]
        let keys =
            "jjjG>kI\tjp7j\r\r\u{1B}\u{1B}8\tj\r1p2jj\r\u{1B}/a\rjn\u{1B}4jz5j\r3\r1jD\u{1B}eegjCqdq?jq:themes\u{1B}"
        var ui = UIState(themes: ["dark"])
        let memory = PaintMemory()
        for (number, key) in (keys + keys + keys).enumerated() {
            let world = worlds[number * worlds.count / (keys.count * 3)]
            ui.look(at: world)
            let typed: Key =
                switch key {
                case "\r": .enter
                case "\t": .tab
                case "\u{1B}": .escape
                default: .character(key)
                }
            if number.isMultiple(of: 5) { ui.holdBeside(world) }
            _ = ui.update(.key(typed), world: world, size: size)
            let remembered = Screen.draw(world, ui, size: size, memory: memory)
            #expect(remembered == Screen.draw(world, ui, size: size), "after key \(number), \(key)")
            if number.isMultiple(of: 7) { _ = ui.releaseBeside() }
        }
    }

    @Test func `a terminal without Unicode gets the same in ASCII`() throws {
        let canvas = Screen.draw(incident(), UIState(glyphs: .ascii), size: .small)
        let isASCII = canvas.text.unicodeScalars.allSatisfy(\.isASCII)
        #expect(isASCII)
        try expectSnapshot(canvas, named: "overview-ascii")
    }

    private func expectPicture(of key: Key, size: Size, named name: String) throws {
        var ui = UIState()
        let world = incident()
        _ = ui.update(.key(key), world: world, size: size)
        try expectSnapshot(
            Screen.draw(world, ui, size: size), named: "\(name)-\(size.width)x\(size.height)")
    }
}

extension Character {
    fileprivate var name: String { self == "?" ? "help" : String(self) }
}
