// @peculiar/x509 asks for the Reflect metadata polyfill to be loaded before itself.
import 'reflect-metadata';

export * from '@peculiar/x509';
