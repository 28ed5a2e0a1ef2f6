/**
 * What reads bytes nobody vouches for, as targets of coverage-guided fuzzing.
 *
 * <p>A {@link hindcast.fuzz.FuzzTarget} turns bytes into the name of what became of them: {@code
 * ACCEPTED}, or the name of a refusal. The corpus lies in {@code corpus/TARGET/OUTCOME/NAME}, each
 * file named for what is wrong with it; {@link hindcast.fuzz.CorpusTest} reads all of it in every
 * build, {@link hindcast.fuzz.FuzzRun} starts from it.
 */
package hindcast.fuzz;
