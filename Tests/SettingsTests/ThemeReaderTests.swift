import Drawing
import Foundation
import Settings
import Testing
import Themes

struct ThemeReaderTests {
    @Test(arguments: Themes.all.map(\.name))
    func `a theme that comes with clawtop has a look for every role and ground`(name: String) throws
    {
        let theme = try #require(try Theme.embedded(name))
        #expect(theme.name == name)
        #expect(!theme.summary.isEmpty)
        for role in Role.allCases { #expect(theme.looks[role] != nil, "\(role)") }
        for ground in Ground.allCases where ground != .plain {
            #expect(theme.grounds[ground] != nil, "\(ground)")
        }
    }

    @Test(arguments: Themes.all.map(\.name))
    func `what is to be read stands out from its background, selected or not`(name: String) throws {
        let theme = try #require(try Theme.embedded(name))
        guard let background = theme.background.luminance else { return }
        let selection = try #require(theme.grounds[.selection]?.luminance)
        for role in [Role.text, .title, .muted, .ok, .warning, .critical, .progress, .info, .key] {
            let luminance = try #require(theme.looks[role]?.foreground.luminance)
            #expect(contrast(luminance, background) >= 4.5, "\(role)")
            #expect(
                contrast(luminance, selection) >= (role == .muted ? 3 : 4.5), "\(role) selected")
        }
        let faint = try #require(theme.looks[.faint]?.foreground.luminance)
        #expect(contrast(faint, background) >= 2.3)
        #expect(contrast(selection, background) >= 1.2)
    }

    @Test(arguments: Themes.all.map(\.name))
    func `states look different from each other and from text`(name: String) throws {
        let theme = try #require(try Theme.embedded(name))
        let roles = [Role.text, .warning, .critical, .progress]
        #expect(Set(roles.map { theme.looks[$0] }).count == roles.count)
    }

    @Test func `a role is a colour, or a colour and attributes, and heats follow their grounds`()
        throws
    {
        let theme = try Theme(
            yaml: """
                name: dawn
                roles:
                  text: standard
                  ok: 10
                  critical: { color: FF6b61, bold: true, underline: true }
                  muted: { dim: true }
                  heat1: '010203'
                grounds: { heat0: 0, heat1: '000001' }
                """, file: "dawn.yaml")
        #expect(theme.looks[.text] == Look(.standard))
        #expect(theme.looks[.ok] == Look(.indexed(10)))
        let critical = Look(.rgb(red: 0xFF, green: 0x6B, blue: 0x61), bold: true, underlined: true)
        #expect(theme.looks[.critical] == critical)
        #expect(theme.looks[.muted] == Look(.standard, dim: true))
        #expect(theme.looks[.heat0] == Look(.indexed(0)))
        #expect(theme.looks[.heat1] == Look(.rgb(red: 1, green: 2, blue: 3)))
        #expect(theme.looks[.bar] == nil)
    }

    @Test(arguments: [
        ("roles: {}", "t.yaml:1:1: \"name\" is missing here"),
        (
            "name: a\nroles:\n  critcal: 1",
            "t.yaml:3:3: unknown key \"critcal\"; did you mean critical?"
        ),
        ("name: a\nrole: {}", "t.yaml:2:1: unknown key \"role\"; did you mean roles?"),
        (
            "name: a\ngrounds: { plain: 1 }",
            "t.yaml:2:12: unknown key; one of selection, heat0, heat1, heat2, heat3, heat4, heat5, heat6"
        ),
        (
            "name: a\nroles: { ok: 16 }",
            "t.yaml:2:14: \"16\" is no colour; write rrggbb, a number from 0 to 15, or standard"
        ),
        (
            "name: a\nroles: { ok: '+12345' }",
            "t.yaml:2:14: \"+12345\" is no colour; write rrggbb, a number from 0 to 15, or standard"
        ),
        ("name: a\nroles: { ok: [1] }", "t.yaml:2:14: a colour is a single value"),
        (
            "name: a\nroles: { ok: { bold: yes } }",
            "t.yaml:2:22: \"bold\" must be true or false, not \"yes\""
        ),
        (
            "name: a\nroles: { ok: { colour: 1 } }",
            "t.yaml:2:16: unknown key \"colour\"; did you mean color?"
        ),
        ("name: a\nroles: red", "t.yaml:2:8: expected `key: value` pairs"),
    ])
    func `a mistake is said with its place`(yaml: String, message: String) {
        let error = #expect(throws: DocumentError.self) { try Theme(yaml: yaml, file: "t.yaml") }
        #expect(error?.description == message)
    }

    @Test func `an unknown name is no theme`() throws {
        #expect(try Theme.embedded("no-such") == nil)
    }
}

/// How well one luminance can be read on another.
///
/// Source: <https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio>
private func contrast(_ one: Double, _ other: Double) -> Double {
    (max(one, other) + 0.05) / (min(one, other) + 0.05)
}

extension Color {
    fileprivate var luminance: Double? {
        guard case .rgb(let red, let green, let blue) = self else { return nil }
        let linear = [red, green, blue].map { value in
            let share = Double(value) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}
