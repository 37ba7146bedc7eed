// Fuzzy: how well letters typed in a hurry fit a name.

/// The lower the better; nil where the letters are not in `name` in this order.
///
/// Letters at the beginning of words, and next to each other, fit best: `thd` finds `theme dark`.
func misfit(of typed: String, to name: String) -> Int? {
    let letters = Array(typed.lowercased().filter { $0 != " " })
    let name = Array(name.lowercased())
    var (cost, place, last) = (0, 0, -1)
    for letter in letters {
        // The first letter begins a word: else nearly everything would fit.
        while place < name.count, name[place] != letter || last < 0 && !isStart(place, name) {
            place += 1
        }
        guard place < name.count else { return nil }
        if place != last + 1, !isStart(place, name) { cost += 2 + place - last }
        (last, place) = (place, place + 1)
    }
    return cost + name.count - letters.count
}

private func isStart(_ place: Int, _ name: [Character]) -> Bool {
    place == 0 || !name[place - 1].isLetter
}
