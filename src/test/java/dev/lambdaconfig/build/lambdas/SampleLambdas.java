package dev.lambdaconfig.build.lambdas;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.IntToLongFunction;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** Lambdas and method references of each kind that the compiler knows, with their results. */
public final class SampleLambdas implements Supplier<List<Object>> {

  private static final String PREFIX = "p";

  private final List<Object> results = new ArrayList<>();
  private final long state = 1L << 40;

  /** An interface with a private method, and lambdas of its own. */
  interface Shape {
    int sides();

    private int doubled() {
      return 2 * sides();
    }

    default Supplier<Integer> twice() {
      return this::doubled;
    }

    static Shape of(int sides) {
      return () -> sides;
    }
  }

  /** A class of the same nest, whose members are private. */
  private static final class Nested extends Base {
    private final String text;

    private Nested(String text) {
      this.text = text;
    }

    private String twice() {
      Supplier<String> once = () -> text + name();
      return once.get() + once.get();
    }

    @Override
    String name() {
      Supplier<String> inherited = super::name;
      return inherited.get() + "!";
    }
  }

  private static class Base {
    String name() {
      return "base";
    }
  }

  /** A method of two numbers. */
  interface Range {
    void take(int from, int to);
  }

  /** A class that inherits a protected method from another package. */
  private static final class Shortened extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    private Shortened(Collection<String> content) {
      super(content);
      Range removed = this::removeRange;
      removed.take(1, 2);
    }
  }

  /** An interface that is serializable, whose lambdas stay as they are. */
  interface Stored extends Supplier<String>, Serializable {}

  @Override
  public List<Object> get() {
    withoutCaptures();
    withCaptures(7, 'c', 1L << 33, 0.5, (byte) 3, true, 1.5f, "text");
    primitives();
    references();
    others();
    return results;
  }

  private void withoutCaptures() {
    Function<String, Integer> length = text -> text.length();
    Function<String, String> upper = text -> text + PREFIX;
    results.add(length.apply("four"));
    results.add(upper.apply("x"));
    Callable<String> first = evaluated();
    results.add(first.equals(evaluated()));
    Runnable nothing = () -> {};
    nothing.run();
  }

  private static Callable<String> evaluated() {
    return () -> "same";
  }

  private void withCaptures(
      int i, char c, long l, double d, byte b, boolean z, float f, String text) {
    Supplier<String> all = () -> text + i + c + l + d + b + z + f + state;
    Supplier<String> swapped = () -> text + c + i;
    Consumer<Object> add = results::add;
    add.accept(all.get());
    add.accept(swapped.get());
    int[] counter = {0};
    Runnable count = () -> counter[0] += i;
    count.run();
    count.run();
    add.accept(counter[0]);
    Function<Integer, Function<Integer, Integer>> curried = x -> y -> x * 10 + y + i;
    add.accept(curried.apply(1).apply(2));
  }

  private void primitives() {
    IntBinaryOperator sum = Integer::sum;
    IntBinaryOperator most = Math::max;
    IntToLongFunction wider = number -> number;
    IntFunction<Long> boxed = number -> (long) number + state;
    LongFunction<Object> asObject = Long::valueOf;
    ToIntFunction<Integer> unboxed = number -> number;
    ToLongFunction<Integer> unboxedWider = Integer::intValue;
    ToDoubleBiFunction<Integer, Long> mixed = (number, other) -> number + other;
    BiFunction<Integer, Integer, Integer> boxedSum = Integer::sum;
    Function<Character, Integer> numeric = Character::getNumericValue;
    Function<Integer, Double> root = Math::sqrt;
    Map<String, Integer> numbers = Map.of("k", 17);
    ToIntFunction<String> ofMap = numbers::get;
    ToLongFunction<String> ofMapWider = numbers::get;
    ToDoubleFunction<String> ofMapAsDouble = numbers::get;
    AtomicReference<Short> small = new AtomicReference<>((short) 18);
    IntSupplier ofReference = small::get;
    Predicate<String> truth = Map.of("k", true)::get;
    Function<Map<String, Character>, Character> letter = map -> map.get("k");
    ToIntFunction<Character> code = Character::charValue;
    Consumer<Long> dropped = this::added;
    Consumer<Integer> droppedLong = this::addedWide;
    dropped.accept(1L);
    droppedLong.accept(1);
    results.addAll(
        List.of(
            sum.applyAsInt(1, 2),
            most.applyAsInt(4, 3),
            wider.applyAsLong(5),
            boxed.apply(6),
            asObject.apply(7),
            unboxed.applyAsInt(8),
            unboxedWider.applyAsLong(9),
            mixed.applyAsDouble(10, 11L),
            boxedSum.apply(12, 13),
            numeric.apply('9'),
            root.apply(16),
            ofMap.applyAsInt("k"),
            ofMapWider.applyAsLong("k"),
            ofMapAsDouble.applyAsDouble("k"),
            ofReference.getAsInt(),
            truth.test("k"),
            code.applyAsInt(letter.apply(Map.of("k", 'z')))));
  }

  private int added(long number) {
    results.add(number);
    return results.size();
  }

  private long addedWide(long number) {
    return added(number);
  }

  private void references() {
    Function<String, Nested> created = Nested::new;
    Function<Nested, String> called = Nested::twice;
    IntFunction<String[]> array = String[]::new;
    Function<int[], int[]> cloned = int[]::clone;
    Supplier<List<String>> list = ArrayList::new;
    UnaryOperator<String> trimmed = String::strip;
    Comparator<String> order = String::compareToIgnoreCase;
    Function<Object, String> text = String::valueOf;
    Supplier<String> bound = created.apply("n")::twice;
    BiFunction<String, Object[], String> format = String::format;
    results.add(called.apply(created.apply("m")));
    results.add(array.apply(3).length);
    results.add(Arrays.toString(cloned.apply(new int[] {1, 2})));
    results.add(list.get());
    results.add(trimmed.apply(" t "));
    results.add(order.compare("A", "b"));
    results.add(text.apply(5));
    results.add(bound.get());
    results.add(format.apply("%s-%s", new Object[] {1, 2}));
  }

  private void others() {
    Stored stored = () -> PREFIX + results.size();
    Supplier<String> marked = (Supplier<String> & Serializable) () -> "marked";
    results.add(stored.get());
    results.add(marked.get());
    results.add(marked instanceof Serializable);
    results.add(new ArrayList<>(new Shortened(List.of("a", "b", "c"))));
    results.add(Shape.of(3).twice().get());
    Comparator<List<Integer>> bySize = Comparator.comparing(List::size);
    results.add(bySize.reversed().compare(List.of(1), List.of()));
    results.add(generic(4, (Integer x) -> x + 1));
  }

  private static <T extends Number & Comparable<T>> T generic(T value, UnaryOperator<T> change) {
    return change.apply(value);
  }
}
