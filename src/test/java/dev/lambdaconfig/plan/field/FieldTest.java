package dev.lambdaconfig.plan.field;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.plan.field.Field.Clearing;
import dev.lambdaconfig.plan.field.Field.Default;
import dev.lambdaconfig.plan.field.Field.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How values of a field are compared, sent and restored. */
final class FieldTest {

  private static Value value(String yaml) {
    return requireNonNull(
        ((Value.Structure) TestSpecs.value(TestSpecs.tree("{value: " + yaml + "}"))).at("value"));
  }

  private static Field field(Shape shape, Default defaultValue) {
    return new Field("some.path", List.of("Inner"), shape, Clearing.REFUSED, defaultValue);
  }

  private static @Nullable Value normal(Field field, @Nullable String yaml) {
    return field.normal(yaml == null ? null : value(yaml), "fn", null);
  }

  @Test
  void isFoundInItsMember() {
    Field field = field(Shape.PLAIN, Default.NOTHING);

    assertThat(field.in(value("{Inner: 3}"))).isEqualTo(Value.number(3));
    assertThat(field.in(value("{Other: 3}"))).isNull();
    assertThat(field.in(value("3"))).isNull();
    assertThat(field.in(null)).isNull();
  }

  @Test
  void isAbsentEmptyOrTheDefaultAlike() {
    Field field = field(Shape.PLAIN, Default.at(Value.text("JSON")));

    assertThat(normal(field, null)).isEqualTo(Value.text("JSON"));
    assertThat(normal(field, "''")).isEqualTo(Value.text("JSON"));
    assertThat(normal(field, "JSON")).isEqualTo(Value.text("JSON"));
    assertThat(normal(field, "Text")).isEqualTo(Value.text("Text"));
    assertThat(normal(field(Shape.PLAIN, Default.NOTHING), "[]")).isNull();
  }

  @Test
  void isComparedInItsOrderUnlessTheOrderMeansNothing() {
    assertThat(normal(field(Shape.UNORDERED, Default.NOTHING), "[b, a, b]"))
        .isEqualTo(value("[a, b]"));
    assertThat(normal(field(Shape.PLAIN, Default.NOTHING), "[b, a, b]"))
        .isEqualTo(value("[b, a, b]"));
  }

  @Nested
  final class OfFileSystems {

    private final Field field = field(Shape.MOUNTS, Default.NOTHING);

    @Test
    void isComparedInTheMembersThatTheSpecNames() {
      assertThat(
              field.asNamedBy(
                  value("[{Arn: a, LocalMountPath: /a}, {Arn: c, LocalMountPath: /c}]"),
                  value(
                      "[{Arn: a, LocalMountPath: /x, S3FilesConfig: {DirectS3Read: ON}},"
                          + " {Arn: b, LocalMountPath: /b, S3FilesConfig: {DirectS3Read: ON}}]")))
          .isEqualTo(value("[{Arn: a, LocalMountPath: /x}, {Arn: b, LocalMountPath: /b}]"));
      assertThat(field.asNamedBy(value("[{Arn: a}]"), null)).isNull();
    }

    @Test
    void isSentWithTheMembersThatTheSpecDoesNotName() {
      assertThat(
              field.sent(
                  value("[{Arn: b, LocalMountPath: /b}, {Arn: a, LocalMountPath: /a}]"),
                  value("[{Arn: a, LocalMountPath: /x, S3FilesConfig: {DirectS3Read: ON}}]")))
          .isEqualTo(
              value(
                  "[{Arn: b, LocalMountPath: /b},"
                      + " {Arn: a, LocalMountPath: /a, S3FilesConfig: {DirectS3Read: ON}}]"));
    }

    @Test
    void isSentWithTheDefaultWhereTheSpecClearsAMemberThatTheFunctionHas() {
      String wanted = "[{Arn: a, LocalMountPath: /a, S3FilesConfig: {}}]";

      assertThat(
              field.sent(
                  value(wanted),
                  value("[{Arn: a, LocalMountPath: /a, S3FilesConfig: {DirectS3Read: ON}}]")))
          .isEqualTo(value("[{Arn: a, LocalMountPath: /a, S3FilesConfig: {DirectS3Read: AUTO}}]"));
      assertThat(field.sent(value(wanted), null))
          .isEqualTo(value("[{Arn: a, LocalMountPath: /a}]"));
    }

    @Test
    void isRestoredWithTheMembersThatAReadLacked() {
      assertThat(field.restored(value("[{Arn: a}, {Arn: b, S3FilesConfig: {DirectS3Read: ON}}]")))
          .isEqualTo(
              value("[{Arn: a, S3FilesConfig: {}}, {Arn: b, S3FilesConfig: {DirectS3Read: ON}}]"));
    }

    @Test
    void hasADefaultThatEqualsAbsence() {
      assertThat(normal(field, "[{Arn: a, S3FilesConfig: {DirectS3Read: AUTO}}]"))
          .isEqualTo(value("[{Arn: a}]"));
      assertThat(normal(field, "[{Arn: a, S3FilesConfig: {}}]")).isEqualTo(value("[{Arn: a}]"));
      assertThat(normal(field, "[{Arn: a, S3FilesConfig: {DirectS3Read: ON}}]"))
          .isEqualTo(value("[{Arn: a, S3FilesConfig: {DirectS3Read: ON}}]"));
    }
  }

  @Test
  void ofAnyOtherShapeIsSentAndRestoredAsItIs() {
    Field field = field(Shape.PLAIN, Default.NOTHING);

    assertThat(field.sent(value("[{Arn: a}]"), value("[{Arn: a, More: b}]")))
        .isEqualTo(value("[{Arn: a}]"));
    assertThat(field.restored(value("[{Arn: a}]"))).isEqualTo(value("[{Arn: a}]"));
    assertThat(field.asNamedBy(value("[]"), value("[{Arn: a}]"))).isEqualTo(value("[{Arn: a}]"));
  }
}
