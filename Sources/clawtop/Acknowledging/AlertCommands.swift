// AlertCommands: the words of `clawtop alerts`, `ack`, `mute` and what belongs to them.
import CommandLine
import Wording

extension Invocation {
    static let alertCommands: [Command<Invocation>] = [
        Command(
            "alerts",
            "Lists what running clawtops see pending or firing, who has it, and how old that "
                + "knowledge is. Ends with 0, 1 where the store cannot be read.",
            options: [format, all]),
        Command(
            "ack",
            "Acknowledges the alerts of a name, or one by its fingerprint. "
                + done + "1 where nothing matches or another person has it.",
            positionals: [alert],
            options: [note, length, untilClear, takeOver, user, format]),
        Command(
            "unack", "Gives acknowledged alerts back. " + done + "1 where nobody has them.",
            positionals: [alert], options: [user, format]),
        Command(
            "note",
            "Writes a note into the history of an alert. " + done + "1 where there is none.",
            positionals: [Positional("ALERT", .text("ALERT"), store: add), text],
            options: [user, format]),
        Command(
            "mute",
            "Keeps alerts quiet whose labels match, until an end, with a reason. " + done
                + "1 where it cannot be written.",
            positionals: [
                Positional("MATCHER", .text("MATCHER"), isRepeated: true, store: add)
            ], options: [muteLength, comment, user, format]),
        Command(
            "unmute", "Ends a mute before its time. " + done + "1 where there is none.",
            positionals: [Positional("ID", .text("ID"), store: add)], options: [user, format]),
        Command(
            "mutes", "Lists what is muted, until when, by whom, why, and what that kept quiet.",
            options: [format, all]),
    ]

    private static let done = "Ends with 0 once the store has it, "

    private static let add: Option<Invocation>.Store = { $0.alerts.words.append($1) }

    private static let alert = Positional<Invocation>(
        "ALERT [LABEL=VALUE]", .text("ALERT"), isRepeated: true, store: add)

    private static let text = Positional<Invocation>("TEXT", .text("TEXT")) {
        (invocation, text) throws(UsageError) in
        invocation.alerts.note = try sentence(text, "a note")
    }

    private static let all = Option<Invocation>(
        flag: "--all", "what is over as well, and what happened to it"
    ) {
        $0.alerts.showsAll = true
    }

    private static let note = Option<Invocation>(
        "--note", .text("TEXT"), "what the others are to know of it"
    ) { (invocation, text) throws(UsageError) in
        invocation.alerts.note = try sentence(text, "--note")
    }

    private static let length = Option<Invocation>(
        "--for", .text("DURATION"), "it ends after this, as in 30m (30m, or as configured)",
        store: storeLength)

    private static let muteLength = Option<Invocation>(
        "--for", .text("DURATION"), "it ends after this, as in 2h; needed", store: storeLength)

    private static let untilClear = Option<Invocation>(
        flag: "--until-clear", "it ends when the alert is resolved"
    ) {
        $0.alerts.holdsUntilClear = true
    }

    private static let takeOver = Option<Invocation>(
        flag: "--take-over", "take what another person has"
    ) {
        $0.alerts.takesOver = true
    }

    private static let comment = Option<Invocation>(
        "--comment", .text("TEXT"), "why; needed"
    ) { (invocation, text) throws(UsageError) in
        invocation.alerts.comment = try sentence(text, "--comment")
    }

    private static let user = Option<Invocation>(
        "--as", .text("USER"), "in this person's name (the operating system's user)"
    ) { (invocation, text) throws(UsageError) in
        guard !text.isEmpty, text.count <= 64, text == text.harmless else {
            throw UsageError("--as takes a name of at most 64 characters, as in --as ada")
        }
        invocation.alerts.user = text
    }

    private static let storeLength: Option<Invocation>.Store = {
        (invocation, text) throws(UsageError) in
        let length = try duration(text, of: "--for")
        guard length <= .seconds(365 * 86_400) else {
            throw UsageError("--for \(text) is longer than a year; write 365d at most")
        }
        invocation.alerts.length = length
    }

    /// What people write; it stands in everybody's lists.
    private static func sentence(_ text: String, _ name: String) throws(UsageError) -> String {
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw UsageError("\(name) is empty; write what others are to know")
        }
        guard text.utf8.count <= 4000 else {
            throw UsageError("\(name) is longer than 4,000 bytes; keep to what others need")
        }
        return text
    }
}
