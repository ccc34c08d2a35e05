package dev.lambdaconfig.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The names of methods. */
final class MethodNamesTest {

  /** The methods that do not keep the rule yet. The list only gets shorter. */
  private static final Set<String> NOT_YET =
      Set.of(
          "ListedAccount.isEmptyList", "WatchedFunctions.isEmptyList", "WatchedFunctions.isHome");

  /** At its call, a method without a result that is named like a question seems to do nothing. */
  @Test
  void aMethodNamedLikeAQuestionAnswersIt() {
    Set<String> questions =
        MainClasses.ALL.stream()
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.getName().matches("is[A-Z].*"))
            .filter(method -> method.getRawReturnType().isEquivalentTo(void.class))
            .map(MethodNamesTest::name)
            .collect(Collectors.toSet());

    assertThat(questions).containsExactlyInAnyOrderElementsOf(NOT_YET);
  }

  private static String name(JavaMethod method) {
    return method.getOwner().getSimpleName() + "." + method.getName();
  }
}
