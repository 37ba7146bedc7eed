// CheckFiles: `clawtop check`: every error in the files, and what to do about it.
import Settings

/// Reads the configuration and the user's themes; prints their errors, or what is fine.
func checkFiles(_ invocation: Invocation, _ variables: [String: String]) -> Outcome {
    let places = Places(environment: variables)
    let library = ThemeLibrary(folder: places.themes)
    var problems = library.problems
    var fine = ["\(library.names.count) themes"]
    let file = invocation.configuration ?? places.configuration
    do {
        let secrets = Secrets(environment: variables)
        let reading = ConfigurationReader.read(
            try readText(file), file: file, themes: library.names
        ) { (reference) throws(SecretError) in try secrets.read(reference) }
        let configuration = reading.configuration
        problems += reading.problems.map(\.description)
        fine.insert("\(file): \(configuration.feeds.count) feeds", at: 0)
        let rules = RuleLibrary(configuration, in: file).check()
        problems += rules.problems
        if !configuration.rules.isEmpty { fine.append("\(rules.count) rules") }
    } catch {
        // Nobody needs a configuration; one that was named must be there.
        if invocation.configuration != nil { problems.append("\(error)") }
        fine.insert("no configuration at \(file)", at: 0)
    }
    guard problems.isEmpty else {
        return Outcome(.failed, problems.map { $0 + "\n" }.joined())
    }
    return Outcome(.ok, fine.joined(separator: "\n") + "\n")
}
