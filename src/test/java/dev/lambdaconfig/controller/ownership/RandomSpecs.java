package dev.lambdaconfig.controller.ownership;

import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.authorization.PolicyException;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.plan.TestSpecs;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** The specs of resources that name one function in several accounts, and AWS's answers to them. */
record RandomSpecs(Random random) {

  private static final String HOME = ClaimedFunction.HOME;
  private static final String ELSEWHERE = "210987654321";
  private static final List<String> SPELLINGS =
      List.of("fn", arn(HOME), arn(ELSEWHERE), arn("111111111111"));
  private static final List<String> SPECS =
      List.of("", "", "", ", suspend: true", ", mode: Observe", ", mode: Observe, suspend: true");
  static final Policy NARROW = narrow();

  static String arn(String account) {
    return "arn:aws:lambda:eu-west-1:" + account + ":function:fn";
  }

  static Policy narrow() {
    try {
      return Policy.parse("rules: [{namespaces: [team-a]}]");
    } catch (PolicyException e) {
      throw new IllegalStateException(e);
    }
  }

  <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  String spec() {
    return spec(oneOf(SPELLINGS));
  }

  String spec(String spelling) {
    String account = oneOf(List.of("", "", ", serviceAccountName: a", ", serviceAccountName: b"));
    return "{functionName: '" + spelling + "', timeout: 9" + account + oneOf(SPECS) + "}";
  }

  static String spelling(ManagedResource one) {
    return Objects.requireNonNull(Objects.requireNonNull(one.resource.getSpec()).functionName());
  }

  static ManagedResource copy(ManagedResource one, String spec) {
    ManagedResource now =
        new ManagedResource(
            one.resource.getMetadata().getNamespace(), one.resource.getMetadata().getName(), spec);
    now.resource.getMetadata().setUid(one.resource.getMetadata().getUid());
    now.resource
        .getMetadata()
        .setCreationTimestamp(one.resource.getMetadata().getCreationTimestamp());
    return now;
  }

  Answer answer(ManagedResource one) {
    if (random.nextInt(4) == 0) {
      return new Answer.Failed(new Failure("AccessDeniedException", "no", 403, null));
    }
    String arn = spelling(one).equals("fn") ? arn(HOME) : spelling(one);
    return new Answer.Described(TestSpecs.function("{FunctionArn: '" + arn + "'}"));
  }
}
