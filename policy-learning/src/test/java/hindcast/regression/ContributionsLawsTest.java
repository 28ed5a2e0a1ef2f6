package hindcast.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.testing.States;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The contributions of all parts sum to the mean, whatever is kept by itself. */
class ContributionsLawsTest {
  @Property(tries = 200)
  void partsSumToTheMean(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 9) Integer> names,
      @ForAll @Size(min = 60, max = 60) List<@DoubleRange(min = -1, max = 1) Double> values,
      @ForAll @IntRange(min = 1, max = 12) int capacity) {
    Contributions contributions = new Contributions(capacity);
    double sum = 0;
    for (int k = 0; k < names.size(); k++) {
      contributions.add("i" + names.get(k), values.get(k));
      sum += values.get(k);
    }
    List<Contributions.Part> parts = contributions.parts();
    double shares = parts.stream().mapToDouble(Contributions.Part::share).sum();
    assertThat(shares).isCloseTo(sum / names.size(), within(1e-12));
    assertThat(parts.stream().mapToLong(Contributions.Part::n).sum()).isEqualTo(names.size());
    assertThat(parts.stream().filter(part -> part.name().startsWith("i")).count())
        .isLessThanOrEqualTo(capacity);
    Contributions restored = new Contributions(capacity);
    States.restore(contributions::write, restored::read);
    assertThat(restored.parts()).isEqualTo(parts);
  }
}
