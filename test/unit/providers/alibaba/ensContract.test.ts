import { createProviders } from '../../../../src/providers/alibaba/bundle';
import { describeProviderContract } from '../contract';
import { startEns } from './alibabaSubject';

describeProviderContract('ENS', () => startEns(createProviders));
