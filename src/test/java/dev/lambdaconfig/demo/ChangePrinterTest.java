package dev.lambdaconfig.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.LambdaSimulator;
import dev.lambdaconfig.simulator.SimulatedRegion;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ChangePrinterTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  static List<String> functions() {
    return DemoFunctions.ALL;
  }

  @ParameterizedTest
  @MethodSource("functions")
  void tellsWhatHappensToEachFunctionAndNothingElse(String name) {
    try (LambdaSimulator aws = DemoFunctions.start()) {
      SimulatedRegion home = DemoFunctions.home(aws, name);
      ChangePrinter printer =
          new ChangePrinter(
              aws, new Screen(new PrintStream(printed, true, StandardCharsets.UTF_8)));

      printer.printFunctionChanges();
      home.changeBehindTheBack(name, "{\"Timeout\": 77}");
      printer.printFunctionChanges();
      home.deleteFunction(name);
      printer.printFunctionChanges();
      printer.printFunctionChanges();
    }

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            line ->
                assertThat(line).contains(name, " function changed by somebody: Timeout ", "77"),
            line -> assertThat(line).contains(name, " function deleted"));
  }
}
