/**
 * Web sockets of java.net.http, JDK 17 to 25: the application's listener is watched from within
 * another one, which hands on the same objects and returns the same stages, and asks for nothing.
 */
@NullMarked
package io.costattr.advice.jdksocket;

import org.jspecify.annotations.NullMarked;
