package dev.lambdaconfig.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loops of a template ({@code Fn::ForEach}) are written out where their collections are known. */
final class SamLoopsTest {

  @TempDir private Path folder;

  @Test
  void aLoopOfResourcesIsWrittenOut() throws IOException {
    CommandResult result =
        export(
            """
            Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
            Parameters:
              Names: {Type: CommaDelimitedList, Default: "orders, stock"}
            Mappings: {Sizes: {orders: {Memory: 512}, stock: {Memory: 1024}}}
            Conditions:
              "Fn::ForEach::Wanted": [N, !Ref Names, {"Is${N}": !Equals ["${N}", stock]}]
            Globals: {Function: {Runtime: python3.13}}
            Resources:
              "Fn::ForEach::Functions":
              - N
              - !Ref Names
              - "Function${N}":
                  Type: AWS::Serverless::Function
                  Properties:
                    FunctionName: !Sub "${N}-${AWS::Region}"
                    Handler: "${N}.handler"
                    Description: !Ref N
                    MemorySize: !FindInMap [Sizes, !Ref N, Memory]
                    Timeout: !If ["Is${N}", 60, 5]
                "Topic${N}": {Type: AWS::SNS::Topic}
            """);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            ---
            apiVersion: lambdaconfig.dev/v1alpha1
            kind: LambdaFunctionConfig
            metadata:
              name: orders-eu-west-1
            spec:
              functionName: orders-eu-west-1
              region: eu-west-1
              description: orders
              handler: orders.handler
              runtime: python3.13
              timeout: 5
              memorySize: 512
            ---
            apiVersion: lambdaconfig.dev/v1alpha1
            kind: LambdaFunctionConfig
            metadata:
              name: stock-eu-west-1
            spec:
              functionName: stock-eu-west-1
              region: eu-west-1
              description: stock
              handler: stock.handler
              runtime: python3.13
              timeout: 60
              memorySize: 1024
            """);
  }

  @Test
  void loopsInLoopsAndInPropertiesAreWrittenOut() throws IOException {
    CommandResult result =
        export(
            """
            Transform: AWS::LanguageExtensions
            Resources:
              "Fn::ForEach::Teams":
              - Team
              - [a, b]
              - "Fn::ForEach::Stages":
                - Stage
                - [dev, prod]
                - "F${Team}${Stage}":
                    Type: AWS::Lambda::Function
                    Properties:
                      FunctionName: !Join ["-", [!Ref Team, Ref: Stage]]
                      Environment:
                        Variables:
                          "Fn::ForEach::Hosts":
                          - Host
                          - [db.internal, cache.internal]
                          - "HOST_&{Host}": !Sub "${Stage}.${Host}"
            """,
            "--clear-env");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(TemplateExport.names(result.out()))
        .containsExactly("a-dev", "a-prod", "b-dev", "b-prod");
    assertThat(result.out())
        .contains(
            """
                variables:
                  HOST_cacheinternal: prod.cache.internal
                  HOST_dbinternal: prod.db.internal
            """)
        .doesNotContain("Merge");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[N, !Ref Open, BODY]; !Ref Open is not known: give --parameter Open=VALUE",
        "[N, !GetAtt X.Names, BODY]; !GetAtt is not known",
        "[N, !Ref Stage, BODY]; its collection is no list of texts",
        "[N, [[a]], BODY]; its collection is no list of texts",
        "[Stage, [a], BODY]; its identifier Stage has another meaning around it",
        "[N, BODY]; it is no list of an identifier, a collection and a mapping",
      })
  void aLoopThatIsNotKnownSaysWhy(String loop, String reason) throws IOException {
    CommandResult result =
        export(
            """
            Transform: [[AWS::LanguageExtensions]]
            Parameters: {Open: {Type: CommaDelimitedList}, Stage: {Type: String, Default: dev}}
            Resources:
              K: {Type: AWS::Lambda::Function, Properties: {FunctionName: k}}
              "Fn::ForEach::Loop": LOOP
            """
                .replace("LOOP", loop)
                .replace(
                    "BODY",
                    "{'F${N}': {Type: AWS::Lambda::Function, Properties: {FunctionName: !Ref"
                        + " N}}}"));

    assertThat(TemplateExport.names(result.out())).containsExactly("k");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains(":5: Fn::ForEach::Loop is left out: " + reason + "\n");
  }

  @Test
  void aLoopOfVariablesThatIsNotKnownLeavesTheOthersMerged() throws IOException {
    CommandResult result =
        export(
            """
            Transform: AWS::LanguageExtensions
            Parameters: {Open: {Type: CommaDelimitedList}}
            Resources:
              K:
                Type: AWS::Lambda::Function
                Properties:
                  FunctionName: k
                  Environment:
                    Variables:
                      "Fn::ForEach::V": [N, !Ref Open, {"${N}": x}]
                      AA: "1"
            """,
            "--clear-env");

    assertThat(result.out()).contains("AA: \"1\"", "policy: Merge").doesNotContain("ForEach::V:");
    assertThat(result.err())
        .contains(
            "the value on line 10 is not declared: Fn::ForEach::V is not known: !Ref Open is not"
                + " known: give --parameter Open=VALUE\n");
  }

  @Test
  void aLoopNeedsTheTransform() throws IOException {
    CommandResult result =
        export(
            """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              "Fn::ForEach::Loop":
              - N
              - [a]
              - "F${N}": {Type: AWS::Lambda::Function, Properties: {FunctionName: !Ref N}}
            """);

    assertThat(result.err())
        .contains("Fn::ForEach::Loop is left out: add AWS::LanguageExtensions to Transform\n");
  }

  @Test
  void anAmpersandOutsideOfAKeyIsNotKnown() throws IOException {
    CommandResult result =
        export(
            """
            Transform: AWS::LanguageExtensions
            Resources:
              "Fn::ForEach::Loop":
              - N
              - [a.b]
              - "F&{N}":
                  Type: AWS::Lambda::Function
                  Properties: {FunctionName: f, Handler: "${N}", Description: !Sub "x &{N}"}
            """);

    assertThat(result.out()).contains("handler: a.b").doesNotContain("description");
    assertThat(result.err())
        .contains(":6: Fab", "line 8 is not declared: &{N} outside of a key is not known\n");
  }

  private CommandResult export(String template, String... options) throws IOException {
    return TemplateExport.of(folder, template, options);
  }
}
