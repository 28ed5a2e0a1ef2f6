package hindcast.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.catalogue.ItemCatalogue;
import hindcast.criterion.Criterion;
import hindcast.criterion.CriterionMethod;
import hindcast.estimator.EstimatorMethod;
import hindcast.estimator.EstimatorSpec;
import hindcast.gradient.EventByEvent;
import hindcast.gradient.ExactMinibatchGradient;
import hindcast.gradient.GradientMethod;
import hindcast.gradient.MinibatchScoreGradient;
import hindcast.gradient.ScoreGradient;
import hindcast.objective.Aggregate;
import hindcast.objective.Objective;
import hindcast.objective.ObjectiveMethod;
import hindcast.reward.RewardModel;
import hindcast.reward.RewardModelMethod;
import hindcast.testing.Logs;
import hindcast.training.Optimizer;
import hindcast.training.OptimizerMethod;
import hindcast.training.OptimizerSettings;
import hindcast.training.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MethodCatalogueTest {

  @Test
  void documentIsWhatTheCodeSays() throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "methods.md")))
        .as("docs/methods.md; ./hindcast methods --markdown > docs/methods.md writes it anew")
        .isEqualTo(MethodTable.markdown(MethodCatalogue.all()));
  }

  @Test
  void everyMethodHasAFormulaAndAPlaceInBothTables() {
    List<Method> all = MethodCatalogue.all();
    String text = MethodTable.text(all);
    String markdown = MethodTable.markdown(all);
    for (Method method : all) {
      assertThat(method.formula()).as(method.name()).isNotBlank();
      assertThat(text).contains("  " + method.name() + " ").contains(method.formula());
      assertThat(markdown).contains("| `" + method.name() + "` | ");
    }
    assertThat(all).extracting(m -> m.kind() + " " + m.name()).doesNotHaveDuplicates();
    assertThat(all).extracting(Method::kind).contains(MethodKind.values());
  }

  @Test
  void namesOfThePapersAreFound() {
    String text = MethodTable.text(MethodCatalogue.all());
    for (EstimatorMethod method : EstimatorMethod.values()) {
      assertThat(method.aliases()).as(method.name()).isNotEmpty();
      for (String alias : method.aliases()) {
        assertThat(text).contains(alias);
      }
    }
    assertThat(text).contains("BIPS", "IPS-GT", "BIPS-Cap", "Shrinkage", "minVar", "stableVar");
    assertThatThrownBy(() -> EstimatorSpec.parse("Shrinkage:lambda=2"))
        .hasMessage("estimator Shrinkage is called SHRINK here");
  }

  @Test
  void namesCanBeUsed() {
    for (String name : names(MethodKind.ESTIMATOR)) {
      String example = EstimatorMethod.of(name).example();
      assertThat(EstimatorSpec.parse(example).create().spec().method().name()).isEqualTo(name);
    }
    for (String name : names(MethodKind.OBJECTIVE)) {
      assertThat(Objective.of(name, Map.of()).name()).isEqualTo(name);
    }
    ItemCatalogue items = ItemCatalogue.oneHot("v1", new String[] {"a", "b", "c", "d", "e"});
    for (GradientMethod method : GradientMethod.values()) {
      MinibatchScoreGradient made = MinibatchScoreGradient.of(method.text(), Map.of(), items, null);
      if (method != GradientMethod.AUTO) {
        assertThat(made instanceof EventByEvent adapted ? adapted.scores() : made)
            .isExactlyInstanceOf(method.type());
      }
    }
    assertThat(MinibatchScoreGradient.of("exact", Map.of(), Logs.catalogue(5, 2, 1), null))
        .isExactlyInstanceOf(ExactMinibatchGradient.class);
    for (OptimizerMethod method : OptimizerMethod.values()) {
      assertThat(OptimizerSettings.parse(method.text()).create(3))
          .isExactlyInstanceOf(method.type());
    }
    for (Schedule.Kind kind : Schedule.Kind.values()) {
      String text = kind == Schedule.Kind.CONSTANT ? kind.text() : kind.text() + ":10";
      assertThat(Schedule.parse(text).kind()).isEqualTo(kind);
    }
  }

  @Test
  void criteriaAreListedByTheNameTheyGiveThemselves() {
    for (ObjectiveMethod method : ObjectiveMethod.values()) {
      if (method.defaults() instanceof Aggregate aggregate) {
        Criterion criterion = aggregate.criterion();
        assertThat(CriterionMethod.values())
            .anyMatch(m -> m.text().equals(criterion.name()) && m.type() == criterion.getClass());
      }
    }
  }

  @Test
  void closedFamiliesAreListedWhole() {
    listed(Criterion.class, CriterionMethod.values(), CriterionMethod::type);
    listed(ScoreGradient.class, GradientMethod.values(), GradientMethod::type);
    listed(RewardModel.class, RewardModelMethod.values(), RewardModelMethod::type);
    listed(Optimizer.class, OptimizerMethod.values(), OptimizerMethod::type);
  }

  private static <M> void listed(Class<?> family, M[] methods, Function<M, Class<?>> type) {
    assertThat(Arrays.stream(methods).<Class<?>>map(type).toList())
        .as(family.getSimpleName())
        .contains(family.getPermittedSubclasses());
  }

  private static List<String> names(MethodKind kind) {
    return MethodCatalogue.all().stream().filter(m -> m.kind() == kind).map(Method::name).toList();
  }
}
