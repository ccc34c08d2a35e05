package dev.lambdaconfig.plan.field;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.plan.TestSpecs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/**
 * The table against the SDK's own description of the API, and field by field against the requests
 * that AWS is known to need.
 */
final class FieldTableTest {

  private static final Set<String> NO_SETTINGS = Set.of("FunctionName", "RevisionId");

  @Test
  void everyMemberOfTheApiHasARow() {
    Set<String> members =
        fields(UpdateFunctionConfigurationRequest.builder()).keySet().stream()
            .filter(name -> !NO_SETTINGS.contains(name))
            .collect(Collectors.toSet());

    assertThat(FieldTable.MEMBERS).extracting(Member::name).doesNotHaveDuplicates();
    assertThat(FieldTable.MEMBERS)
        .extracting(Member::name)
        .containsExactlyInAnyOrderElementsOf(members);
    assertThat(members).hasSize(19);
  }

  @Test
  void everyPartOfAMemberHasAFieldAndEveryFieldIsAPart() {
    for (Member member : FieldTable.MEMBERS) {
      SdkField<?> field = fields(UpdateFunctionConfigurationRequest.builder()).get(member.name());
      assertThat(field).as(member.name()).isNotNull();
      if (!member.isBlock()) {
        continue;
      }
      Map<String, SdkField<?>> parts = parts(field);
      List<String> first = member.fields().getFirst().at();
      for (String inside : first.subList(0, first.size() - 1)) {
        parts = parts(parts.get(inside));
      }
      assertThat(member.fields())
          .as(member.name())
          .extracting(part -> part.at().getLast())
          .containsExactlyInAnyOrderElementsOf(parts.keySet());
    }
  }

  @Test
  void whatIsUnreadableIsWhereTheApiSaysSo() {
    for (Member member : FieldTable.MEMBERS) {
      List<String> at = member.unreadable();
      if (at != null) {
        SdkField<?> block = fields(GetFunctionConfigurationResponse.builder()).get(at.getFirst());
        assertThat(block).as(member.name()).isNotNull();
        assertThat(parts(block)).containsKey(at.getLast());
      }
    }
    assertThat(FieldTable.MEMBERS)
        .filteredOn(member -> member.unreadable() != null)
        .extracting(Member::name)
        .containsExactly("Environment", "ImageConfig");
  }

  @Test
  void pathsAreUniqueAndNamedAsInTheApi() {
    assertThat(FieldTable.paths()).doesNotHaveDuplicates();
    for (Member member : FieldTable.MEMBERS) {
      for (Field field : member.fields()) {
        String[] path = field.path().split("\\.", -1);
        String last = field.at().isEmpty() ? member.name() : field.at().getLast();
        assertThat(path[path.length - 1]).isEqualToIgnoringCase(last);
        assertThat(path[0]).isEqualToIgnoringCase(member.name());
      }
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(
      resources = "/plan/requests.csv",
      delimiter = '|',
      quoteCharacter = '\'',
      numLinesToSkip = 1,
      maxCharsPerColumn = 9999)
  void sendsExactlyThis(
      String field, String when, String spec, String answer, @Nullable String sent) {
    Desired desired = TestSpecs.desired(spec);
    assertThat(desired.problems()).isEmpty();

    Plan plan = Diff.between(desired, TestSpecs.function(answer));

    assertThat(TestSpecs.json(plan.request()))
        .isEqualTo(TestSpecs.tree(sent == null || sent.isBlank() ? "{}" : sent));
    assertThat(plan.isEmpty()).isEqualTo(plan.fields().isEmpty());
    assertThat(plan.differences().isEmpty()).isEqualTo(plan.fields().isEmpty());
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/plan/problems.csv",
      delimiter = '|',
      quoteCharacter = '\'',
      numLinesToSkip = 1,
      maxCharsPerColumn = 9999)
  void refusesASpecThatNoRequestCouldBringAbout(String spec, String problem) {
    assertThat(TestSpecs.desired(spec).problems()).hasSize(1).first().asString().contains(problem);
  }

  private static Map<String, SdkField<?>> parts(@Nullable SdkField<?> field) {
    return fields(Objects.requireNonNull(field).constructor().get());
  }

  private static Map<String, SdkField<?>> fields(SdkPojo pojo) {
    Map<String, SdkField<?>> fields = new HashMap<>();
    pojo.sdkFields().forEach(field -> fields.put(field.memberName(), field));
    return fields;
  }
}
