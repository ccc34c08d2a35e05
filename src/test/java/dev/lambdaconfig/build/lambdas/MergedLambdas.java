package dev.lambdaconfig.build.lambdas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;
import org.objectweb.asm.commons.TableSwitchGenerator;

/**
 * A class whose instances are the lambdas of one shape of one class. An instance has the number of
 * its lambda, and what that captures; its one method calls the body of that lambda.
 *
 * <p>A lambda that captures nothing has one instance, as the JVM's has.
 */
final class MergedLambdas {

  /**
   * The properties that lambdas of one class have in common.
   *
   * @param captured the types of what they capture, of which all that are no primitives are Object
   * @param method the erased signature of the interface's method
   */
  record Shape(Type implemented, Method method, List<Type> captured) {

    /**
     * Returns the shape of a lambda.
     *
     * @param evaluated the type of its evaluation: of what it captures, to the interface
     */
    static Shape of(Type evaluated, String method, Type erased) {
      return new Shape(
          evaluated.getReturnType(),
          new Method(method, erased.getDescriptor()),
          Arrays.stream(evaluated.getArgumentTypes())
              .map(type -> Adaptation.isPrimitive(type) ? type : OBJECT)
              .toList());
    }
  }

  /**
   * A lambda.
   *
   * @param body the method that has its code, or that it refers to
   * @param instantiated the signature of the interface's method for this lambda
   * @param evaluated the type of its evaluation: of what it captures, to the interface
   */
  record Lambda(Handle body, Type instantiated, Type evaluated) {}

  private static final Type OBJECT = Type.getType(Object.class);
  private static final Method CONSTRUCTOR = Method.getMethod("void <init> ()");
  private static final String ID = "id";
  private static final String EVALUATED = "evaluated";
  private static final int PRIVATE_FINAL = Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;

  private final String name;
  private final Type type;
  private final Shape shape;
  private final List<Lambda> lambdas = new ArrayList<>();
  private final Method of;
  private final Method constructor;

  MergedLambdas(String name, Shape shape) {
    this.name = name;
    this.type = Type.getObjectType(name);
    this.shape = shape;
    Type[] state =
        Stream.concat(shape.captured().stream(), Stream.of(Type.INT_TYPE)).toArray(Type[]::new);
    this.of = new Method("of", shape.implemented(), state);
    this.constructor = new Method("<init>", Type.VOID_TYPE, state);
  }

  String name() {
    return name;
  }

  /** Adds a lambda, and returns its number. */
  int add(Lambda lambda) {
    lambdas.add(lambda);
    return lambdas.size() - 1;
  }

  /** Evaluates a lambda: what it captures is on the stack. */
  void evaluate(MethodVisitor code, int id) {
    if (id <= Byte.MAX_VALUE) {
      code.visitIntInsn(Opcodes.BIPUSH, id);
    } else {
      code.visitIntInsn(Opcodes.SIPUSH, id);
    }
    code.visitMethodInsn(Opcodes.INVOKESTATIC, name, of.getName(), of.getDescriptor(), false);
  }

  /** Writes the class. */
  byte[] bytes(HostClass host) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
    writer.visit(
        host.version(),
        Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
        name,
        null,
        OBJECT.getInternalName(),
        new String[] {shape.implemented().getInternalName()});
    writer.visitNestHost(host.nestHost());
    for (int i = 0; i < shape.captured().size(); i++) {
      writer.visitField(
          PRIVATE_FINAL, captured(i), shape.captured().get(i).getDescriptor(), null, null);
    }
    writer.visitField(PRIVATE_FINAL, ID, "I", null, null);
    writeConstructor(writer);
    if (shape.captured().isEmpty()) {
      writeInstances(writer);
    } else {
      GeneratorAdapter code = code(writer, Opcodes.ACC_STATIC, of);
      code.newInstance(type);
      code.dup();
      code.loadArgs();
      code.invokeConstructor(type, constructor);
      code.returnValue();
      code.endMethod();
    }
    writeMethod(writer);
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static String captured(int index) {
    return "captured" + index;
  }

  private static GeneratorAdapter code(ClassWriter writer, int access, Method method) {
    MethodVisitor code =
        writer.visitMethod(access, method.getName(), method.getDescriptor(), null, null);
    return new GeneratorAdapter(code, access, method.getName(), method.getDescriptor());
  }

  private void writeConstructor(ClassWriter writer) {
    GeneratorAdapter code = code(writer, Opcodes.ACC_PRIVATE, constructor);
    code.loadThis();
    code.invokeConstructor(OBJECT, CONSTRUCTOR);
    int count = shape.captured().size();
    for (int i = 0; i < count; i++) {
      code.loadThis();
      code.loadArg(i);
      code.putField(type, captured(i), shape.captured().get(i));
    }
    code.loadThis();
    code.loadArg(count);
    code.putField(type, ID, Type.INT_TYPE);
    code.returnValue();
    code.endMethod();
  }

  /** Writes the instances, which are made with the class: each evaluation gives the same one. */
  private void writeInstances(ClassWriter writer) {
    Type array = Type.getType("[" + type.getDescriptor());
    int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
    writer.visitField(access, EVALUATED, array.getDescriptor(), null, null);
    GeneratorAdapter initial =
        code(writer, Opcodes.ACC_STATIC, Method.getMethod("void <clinit> ()"));
    initial.push(lambdas.size());
    initial.newArray(type);
    for (int id = 0; id < lambdas.size(); id++) {
      initial.dup();
      initial.push(id);
      initial.newInstance(type);
      initial.dup();
      initial.push(id);
      initial.invokeConstructor(type, constructor);
      initial.arrayStore(type);
    }
    initial.putStatic(type, EVALUATED, array);
    initial.returnValue();
    initial.endMethod();

    GeneratorAdapter code = code(writer, Opcodes.ACC_STATIC, of);
    code.getStatic(type, EVALUATED, array);
    code.loadArg(0);
    code.arrayLoad(type);
    code.returnValue();
    code.endMethod();
  }

  private void writeMethod(ClassWriter writer) {
    GeneratorAdapter code = code(writer, Opcodes.ACC_PUBLIC, shape.method());
    if (lambdas.size() == 1) {
      call(code, lambdas.getFirst());
    } else {
      code.loadThis();
      code.getField(type, ID, Type.INT_TYPE);
      code.tableSwitch(
          IntStream.range(0, lambdas.size()).toArray(),
          new TableSwitchGenerator() {
            @Override
            public void generateCase(int id, Label end) {
              call(code, lambdas.get(id));
            }

            @Override
            public void generateDefault() {
              code.throwException(Type.getType(IllegalStateException.class), "no such lambda");
            }
          });
    }
    code.endMethod();
  }

  /** Calls the body with what is captured and the arguments, and returns its result. */
  private void call(GeneratorAdapter code, Lambda lambda) {
    Handle body = lambda.body();
    Type owner = Type.getObjectType(body.getOwner());
    Method method = new Method(body.getName(), body.getDesc());
    boolean creates = body.getTag() == Opcodes.H_NEWINVOKESPECIAL;
    List<Type> parameters = new ArrayList<>(List.of(method.getArgumentTypes()));
    if (creates) {
      code.newInstance(owner);
      code.dup();
    } else if (body.getTag() != Opcodes.H_INVOKESTATIC) {
      parameters.addFirst(owner);
    }
    Type[] captures = lambda.evaluated().getArgumentTypes();
    for (int i = 0; i < captures.length; i++) {
      code.loadThis();
      code.getField(type, captured(i), shape.captured().get(i));
      Adaptation.adapt(code, shape.captured().get(i), captures[i], parameters.get(i));
    }
    Type[] erased = shape.method().getArgumentTypes();
    for (int i = 0; i < erased.length; i++) {
      code.loadArg(i);
      Adaptation.adapt(
          code,
          erased[i],
          lambda.instantiated().getArgumentTypes()[i],
          parameters.get(captures.length + i));
    }
    invoke(code, body, owner, method);
    Type result = creates ? owner : method.getReturnType();
    Type returned = shape.method().getReturnType();
    if (returned.equals(Type.VOID_TYPE)) {
      drop(code, result);
    } else {
      Adaptation.adapt(code, result, returned, returned);
    }
    code.returnValue();
  }

  private static void invoke(GeneratorAdapter code, Handle body, Type owner, Method method) {
    switch (body.getTag()) {
      case Opcodes.H_NEWINVOKESPECIAL -> code.invokeConstructor(owner, method);
      case Opcodes.H_INVOKESTATIC ->
          code.visitMethodInsn(
              Opcodes.INVOKESTATIC,
              body.getOwner(),
              body.getName(),
              body.getDesc(),
              body.isInterface());
      // A private method: within a nest it is called as others are.
      case Opcodes.H_INVOKESPECIAL, Opcodes.H_INVOKEVIRTUAL, Opcodes.H_INVOKEINTERFACE ->
          code.visitMethodInsn(
              body.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL,
              body.getOwner(),
              body.getName(),
              body.getDesc(),
              body.isInterface());
      default -> throw new IllegalArgumentException("a lambda's body is no method: " + body);
    }
  }

  private static void drop(GeneratorAdapter code, Type result) {
    switch (result.getSize()) {
      case 1 -> code.pop();
      case 2 -> code.pop2();
      default -> {
        // Nothing is on the stack.
      }
    }
  }
}
