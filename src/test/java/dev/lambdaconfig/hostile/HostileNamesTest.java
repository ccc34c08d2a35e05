package dev.lambdaconfig.hostile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.authorization.PolicyException;
import dev.lambdaconfig.identity.account.Problem;
import dev.lambdaconfig.identity.account.RoleAnnotations;
import dev.lambdaconfig.identity.account.ServiceAccounts.ServiceAccount;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.Target;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Names and ARNs are read as AWS reads them, or refused with a short message. */
final class HostileNamesTest {

  private static final int LONGEST_MESSAGE = 2000;

  private static final List<String> FUNCTIONS =
      List.of(
          "orders",
          "orders:$LATEST",
          "123456789012:function:orders",
          "function:orders",
          "eu-west-1:123456789012:function:orders",
          "arn:aws:lambda:eu-west-1:123456789012:function:orders",
          "arn:aws-cn:lambda:cn-north-1:123456789012:function:orders:$LATEST",
          "arn:aws:lambda:eusc-de-east-1:123456789012:function:orders");

  private static final List<String> ROLES =
      List.of(
          "arn:aws:iam::210987654321:role/writer",
          "arn:aws:iam::210987654321:role/a/path/writer",
          "arn:aws-cn:iam::210987654321:role/writer");

  private static final List<String> AUDIENCES =
      List.of("sts.amazonaws.com", "https://issuer.example/id?a=b", "");

  @Test
  void aFunctionIsReadAsOneOrRefusedAndNoSpellingEvadesThePolicy() throws PolicyException {
    Policy policy = Policy.parse("rules: [{namespaces: [team], functions: ['orders*']}]");
    HostileCases.of("names of functions", 5)
        .run(
            (seed, random) -> {
              String text = mutated(FUNCTIONS, random);
              FunctionReference function;
              try {
                function = FunctionReference.parse(text);
              } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining(":").message().hasSizeLessThan(LONGEST_MESSAGE);
                assertThat(FunctionReference.accountIn(text)).isIn(null, "123456789012");
                return "refused";
              }
              assertThat(function.name()).matches("[a-zA-Z0-9-_]{1,140}");
              assertThat(function.functionName()).doesNotEndWith(":$LATEST");
              assertThat(FunctionReference.parse(function.functionName())).isEqualTo(function);
              assertThat(FunctionReference.accountIn(text)).isEqualTo(function.account());
              String refusal =
                  policy.refusal("team", new Target("eu-west-1", function.functionName()));
              assertThat(refusal == null).isEqualTo(function.name().startsWith("orders"));
              return refusal == null ? "allowed" : "forbidden";
            });
  }

  @Test
  void annotationsAreARoleAndAnAudienceOrAShortProblem() {
    HostileCases.of("annotations of ServiceAccounts", 5)
        .run(
            (seed, random) -> {
              RoleAnnotations.Reading reading =
                  RoleAnnotations.of(
                      new ServiceAccount(
                          "team",
                          "writer",
                          "uid",
                          Map.of(
                              RoleAnnotations.ROLE_ARN,
                              mutated(ROLES, random),
                              RoleAnnotations.AUDIENCE,
                              random.nextBoolean() ? "" : mutated(AUDIENCES, random)),
                          false),
                      "eu-west-1",
                      "aws");
              Problem problem = reading.problem();
              RoleAnnotations annotations = reading.annotations();
              if (annotations == null || problem != null) {
                assertThat(annotations).isNull();
                Problem told = requireNonNull(problem);
                assertThat(told.message()).hasSizeLessThan(LONGEST_MESSAGE);
                assertThat(told.reason()).matches("[A-Za-z]+");
                return told.reason();
              }
              assertThat(annotations.account()).matches("[0-9]{12}");
              assertThat(annotations.partition()).isEqualTo("aws");
              assertThat(annotations.roleArn() + annotations.audience())
                  .doesNotContainPattern("[\\s'\"`$;&|<>(){}\\\\]");
              return "read";
            });
  }

  private static String mutated(List<String> good, Random random) {
    String text = good.get(random.nextInt(good.size()));
    HostileText texts = new HostileText(random);
    for (int i = random.nextInt(3); i > 0; i--) {
      text = texts.mutated(text);
    }
    return text;
  }
}
