package dev.lambdaconfig.simulator;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class OwnVectorsTest {

  @TestFactory
  Stream<DynamicTest> vectors() {
    return OwnVectors.all().map(vector -> DynamicTest.dynamicTest(vector.name(), vector::run));
  }
}
