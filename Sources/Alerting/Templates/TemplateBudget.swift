// TemplateBudget: how much one expansion may compute and write.

/// What is left of an expansion's steps, so that no template can hang an evaluation.
struct TemplateBudget {
    /// Longer than any annotation that a receiver would take.
    static let longestText = 1 << 20
    /// The steps a query counts for.
    static let query = 1000
    /// The steps that compiling a regular expression counts for.
    static let compilation = 2000
    /// How many variables may be visible at one place.
    static let visibleVariables = 200
    static let argumentDepth = 20
    /// How deep pipelines, branches and templates may stand in each other.
    static let maximumDepth = 200

    private var steps = 200_000

    /// Takes steps, and one more for every 16 bytes that they handle.
    mutating func take(_ count: Int = 1, bytes: Int = 0) throws(CallFailure) {
        steps -= count + bytes / 16
        guard steps >= 0 else { throw CallFailure("the template takes too many steps") }
    }
}
